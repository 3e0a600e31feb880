/** The part of Vega's expression code generator that lists its functions. */
declare module 'vega-functions' {
  export const codeGenerator: { readonly functions: Readonly<Record<string, unknown>> }
}
