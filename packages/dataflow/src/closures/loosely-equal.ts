/** JavaScript's `==`, which an author may write in an expression. The one place where the linter lets it pass. */
export const looselyEqual = (a: unknown, b: unknown): boolean => a == b
