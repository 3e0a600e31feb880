/**
 * A JavaScript value of a signal or a cell. On the wire null, undefined, NaN, -0, the infinities and Dates are all kept
 * apart (`Scalar` in proto/magpie.proto).
 */
export type Scalar =
  undefined | null | boolean | number | string | Date | RegExp | readonly Scalar[] | { readonly [key: string]: Scalar }
