import { expect, test } from 'vitest'
import { loadOnce } from '../src/load-once.ts'

test('what is loaded is at hand within the turn of whoever asks again', async () => {
  let loads = 0
  const load = loadOnce(async () => {
    loads += 1
    await new Promise((resolve) => setTimeout(resolve))
    return 'program'
  })
  expect(await load()).toBe('program')
  const order: string[] = []
  setTimeout(() => order.push('a later turn'))
  await load().then((program) => order.push(program))
  expect(order).toEqual(['program'])
  expect(loads).toBe(1)
})

test('a failure is told, and forgotten for who asks next', async () => {
  let loads = 0
  const load = loadOnce(() =>
    Promise.resolve(++loads).then((n) => (n === 1 ? Promise.reject(new Error('offline')) : n)),
  )
  await expect(load()).rejects.toThrow('offline')
  expect(await load()).toBe(2)
})
