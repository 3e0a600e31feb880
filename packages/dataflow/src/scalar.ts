/**
 * A JavaScript value of a signal or a cell. On the wire null, undefined, NaN, -0, the infinities and Dates are all kept
 * apart (`Scalar` in proto/magpie.proto).
 */
export type Scalar =
  | undefined
  | null
  | boolean
  | number
  | string
  | Date
  | RegExp
  | NumberArray
  | readonly Scalar[]
  | { readonly [key: string]: Scalar }

/** Numbers in a buffer, such as the grids of `kde2d`. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
