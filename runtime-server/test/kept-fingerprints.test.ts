import type { Scalar, TaskGraph, TaskId } from '@magpie-vega/protocol'
import { expect, test } from 'vitest'
import { createFingerprints } from '../src/evaluate/kept-fingerprints.ts'
import { fingerprints } from '../src/fingerprint.ts'

const id = (index: number): TaskId => index as TaskId

const graph: TaskGraph = {
  tasks: [
    { kind: 'root', type: 'signal', name: 'low' },
    { kind: 'source', from: { kind: 'url', url: 'a.csv' }, format: {} },
    { kind: 'transform', definition: { type: 'formula', expr: '1', as: 'one' }, input: id(1), signals: {}, data: {} },
    {
      kind: 'transform',
      definition: { type: 'filter', expr: 'datum.x > low' },
      input: id(2),
      signals: { low: id(0) },
      data: {},
    },
  ],
}

const contexts = ['UTC', 'Europe/Berlin'].flatMap((timeZone) =>
  ['v1', 'v2'].flatMap((seen) =>
    ([[], [[id(0), 1]], [[id(0), -0]], [[id(0), 0]], [[id(0), undefined]]] as const).map((roots) => ({
      roots: new Map<TaskId, Scalar>(roots as readonly (readonly [TaskId, Scalar])[]),
      sourceVersions: new Map([[id(1), seen]]),
      timeZone,
      version: '1',
    })),
  ),
)

test('kept fingerprints are those computed anew, whatever was asked before', () => {
  const kept = createFingerprints()
  for (const context of [...contexts, ...contexts.toReversed()])
    expect(kept(graph, context)).toEqual(fingerprints(graph, context))
})

test('more versions and roots than are kept change nothing', () => {
  const kept = createFingerprints()
  for (let turn = 0; turn < 200; turn += 1) {
    const context = {
      roots: new Map<TaskId, Scalar>([[id(0), turn % 70]]),
      sourceVersions: new Map([[id(1), String(turn % 7)]]),
      timeZone: 'UTC',
      version: '1',
    }
    expect(kept(graph, context)).toEqual(fingerprints(graph, context))
  }
})
