// Protects: the cache computes once, never remembers a failure, stays within its bytes, and cancels only what nobody wants.
import { describe, expect, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import type { Computed } from '../src/cache.ts'

const never = new AbortController().signal
const one = <T>(value: T, bytes = 1, dispose?: () => void) => {
  const calls: AbortSignal[] = []
  const compute = (signal: AbortSignal): Promise<Computed<T>> => {
    calls.push(signal)
    return Promise.resolve({ value, bytes, ...(dispose && { dispose }) })
  }
  return { compute, calls }
}
const held = <T>() => {
  const { promise, resolve, reject } = withResolvers<Computed<T>>()
  const signals: AbortSignal[] = []
  const compute = (signal: AbortSignal) => {
    signals.push(signal)
    return promise
  }
  return { compute, signals, resolve, reject }
}
function withResolvers<T>() {
  const out: { resolve: (value: T) => void; reject: (error: unknown) => void } = { resolve: () => {}, reject: () => {} }
  const promise = new Promise<T>((resolve, reject) => Object.assign(out, { resolve, reject }))
  return { promise, resolve: (value: T) => out.resolve(value), reject: (error: unknown) => out.reject(error) }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('get or compute', () => {
  test('computes once and remembers', async () => {
    const cache = createCache({ maxBytes: 10 })
    const { compute, calls } = one('v')
    expect(await cache.getOrCompute('a', compute, never)).toBe('v')
    expect(await cache.getOrCompute('a', compute, never)).toBe('v')
    expect(calls).toHaveLength(1)
    expect(cache.stats()).toEqual({ entries: 1, bytes: 1, hits: 1, joined: 0, misses: 1, evictions: 0 })
  })

  test('remembers undefined, null and false as values', async () => {
    const cache = createCache({ maxBytes: 10 })
    for (const value of [undefined, null, false]) {
      const { compute, calls } = one(value)
      await cache.getOrCompute(String(value), compute, never)
      expect(await cache.getOrCompute(String(value), compute, never)).toBe(value)
      expect(calls).toHaveLength(1)
    }
  })

  test('joins work in flight', async () => {
    const cache = createCache({ maxBytes: 10 })
    const work = held<string>()
    const both = [cache.getOrCompute('a', work.compute, never), cache.getOrCompute('a', work.compute, never)]
    await settled()
    work.resolve({ value: 'v', bytes: 1 })
    expect(await Promise.all(both)).toEqual(['v', 'v'])
    expect(work.signals).toHaveLength(1)
    expect(cache.stats()).toMatchObject({ misses: 1, joined: 1 })
  })

  test('forgets failures: everyone who waited hears of it, the next one computes again', async () => {
    const cache = createCache({ maxBytes: 10 })
    const fail = () => Promise.reject(new Error('once'))
    const both = [cache.getOrCompute('a', fail, never), cache.getOrCompute('a', fail, never)]
    for (const result of await Promise.allSettled(both)) expect(result.status).toBe('rejected')
    expect(await cache.getOrCompute('a', one('v').compute, never)).toBe('v')
  })

  test('a computation that throws at once is a failure like any other', async () => {
    const cache = createCache({ maxBytes: 10 })
    const fail = (): Promise<Computed<string>> => {
      throw new Error('at once')
    }
    await expect(cache.getOrCompute('a', fail, never)).rejects.toThrow('at once')
    expect(await cache.getOrCompute('a', one('v').compute, never)).toBe('v')
  })
})

describe('bytes', () => {
  test('the least recently used leaves first', async () => {
    const cache = createCache({ maxBytes: 3 })
    for (const name of ['a', 'b', 'c']) await cache.getOrCompute(name, one(name).compute, never)
    await cache.getOrCompute('a', one('a').compute, never)
    await cache.getOrCompute('d', one('d').compute, never)
    const again = one('b')
    await cache.getOrCompute('a', one('again').compute, never)
    await cache.getOrCompute('b', again.compute, never)
    expect(again.calls).toHaveLength(1)
    expect(cache.stats()).toMatchObject({ bytes: 3, entries: 3, evictions: 2 })
  })

  test('never holds more than its bytes, whatever comes', async () => {
    const cache = createCache({ maxBytes: 100 })
    for (let index = 0; index < 300; index += 1) {
      await cache.getOrCompute(`${index}`, one(index, (index * 37) % 120).compute, never)
      expect(cache.stats().bytes).toBeLessThanOrEqual(100)
    }
    expect(cache.stats().entries).toBeGreaterThan(0)
  })

  test('what is larger than the cache is answered, not kept, and pushes nothing out', async () => {
    const cache = createCache({ maxBytes: 10 })
    await cache.getOrCompute('small', one('s').compute, never)
    expect(await cache.getOrCompute('large', one('l', 11).compute, never)).toBe('l')
    expect(cache.stats()).toMatchObject({ entries: 1, bytes: 1, evictions: 0 })
  })
})

describe('cancelling', () => {
  test('one waiter leaving does not cancel the work of another', async () => {
    const cache = createCache({ maxBytes: 10 })
    const work = held<string>()
    const leaving = new AbortController()
    const left = cache.getOrCompute('a', work.compute, leaving.signal)
    const stays = cache.getOrCompute('a', work.compute, never)
    await settled()
    leaving.abort()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    expect(work.signals[0]?.aborted).toBe(false)
    work.resolve({ value: 'v', bytes: 1 })
    expect(await stays).toBe('v')
  })

  test('the last waiter leaving cancels the work, and the next one starts anew', async () => {
    const cache = createCache({ maxBytes: 10 })
    const work = held<string>()
    const leaving = new AbortController()
    const left = cache.getOrCompute('a', work.compute, leaving.signal)
    await settled()
    leaving.abort()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    expect(work.signals[0]?.aborted).toBe(true)
    expect(await cache.getOrCompute('a', one('new').compute, never)).toBe('new')
    work.resolve({ value: 'old', bytes: 1 })
    await settled()
    expect(await cache.getOrCompute('a', one('newer').compute, never)).toBe('new')
  })

  test('cancelled work that fails late disturbs nobody', async () => {
    const cache = createCache({ maxBytes: 10 })
    const work = held<string>()
    const leaving = new AbortController()
    const left = cache.getOrCompute('a', work.compute, leaving.signal)
    await settled()
    leaving.abort()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    work.reject(new Error('interrupted'))
    await settled()
    expect(cache.stats()).toMatchObject({ entries: 0 })
  })

  test('who comes cancelled computes nothing', async () => {
    const cache = createCache({ maxBytes: 10 })
    const { compute, calls } = one('v')
    await expect(cache.getOrCompute('a', compute, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    expect(calls).toHaveLength(0)
  })
})

describe('disposal', () => {
  test('an entry is disposed of once, when it leaves', async () => {
    const cache = createCache({ maxBytes: 1 })
    const gone: string[] = []
    await cache.getOrCompute('a', one('a', 1, () => gone.push('a')).compute, never)
    expect(gone).toEqual([])
    await cache.getOrCompute('b', one('b', 1, () => gone.push('b')).compute, never)
    expect(gone).toEqual(['a'])
    cache.clear()
    expect(gone).toEqual(['a', 'b'])
    expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 })
  })

  test('a value in use is disposed of only after its use', async () => {
    const cache = createCache({ maxBytes: 1 })
    const gone: string[] = []
    const use = withResolvers<string>()
    const used = cache.use('a', one('a', 1, () => gone.push('a')).compute, never, () => use.promise)
    await settled()
    await cache.getOrCompute('b', one('b').compute, never)
    expect(gone).toEqual([])
    use.resolve('done')
    expect(await used).toBe('done')
    expect(gone).toEqual(['a'])
  })

  test('what was computed after everybody left is disposed of', async () => {
    const cache = createCache({ maxBytes: 10 })
    const gone: string[] = []
    const work = held<string>()
    const leaving = new AbortController()
    const left = cache.getOrCompute('a', work.compute, leaving.signal)
    await settled()
    leaving.abort()
    await expect(left).rejects.toThrow()
    work.resolve({ value: 'late', bytes: 1, dispose: () => gone.push('late') })
    await settled()
    expect(gone).toEqual(['late'])
  })

  test('a value too large to keep is not disposed of before its waiter could use it', async () => {
    const cache = createCache({ maxBytes: 10 })
    const gone: string[] = []
    await cache.getOrCompute('large', one('l', 11, () => gone.push('large')).compute, never)
    expect(gone).toEqual([])
    await cache.getOrCompute('small', one('s').compute, never)
    expect(gone).toEqual(['large'])
  })
})
