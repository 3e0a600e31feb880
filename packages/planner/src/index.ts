export { TABLE_SCHEME } from './plan.ts'
export type { Plan, PlanOptions, ToClient, ToServer, VegaSpec, Verdict } from './plan.ts'
