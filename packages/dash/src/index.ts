import MagpieChart from './components/MagpieChart.tsx'

export { MagpieChart }
