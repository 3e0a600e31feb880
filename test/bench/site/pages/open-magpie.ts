// Runs in the browser: the same page with us.
import { mount } from '@magpie-vega/react'
import type { View } from 'vega'
import { followBrush, task } from './task.ts'

const given = task()
const element = document.getElementById('chart')
if (element === null) throw new Error('the page has no place for a chart')
let brushed = false

mount(element, {
  spec: given.spec,
  grants: given.grants,
  renderer: 'canvas',
  onStatus: ({ phase, drawn, message }) => {
    if (phase === 'error') throw new Error(message)
    if (!drawn || brushed) return
    brushed = true
    const shown = [...element.querySelectorAll('div')].find((one) => 'vegaView' in one)
    if (shown !== undefined && 'vegaView' in shown) void followBrush(shown.vegaView as View, given)
  },
})
