import { styled } from './styled.ts'

const side = (value: unknown, otherwise: string): string =>
  typeof value === 'number' && value > 0 ? `${value}px` : otherwise

/** A quiet box of the size that the chart is going to have, as far as the spec states it. */
export const skeleton = (document: Document, spec: Readonly<Record<string, unknown>> | undefined): HTMLElement => {
  const element = styled(document, 'magpie-skeleton', {
    width: side(spec?.['width'], '100%'),
    maxWidth: '100%',
    height: side(spec?.['height'], 'var(--magpie-skeleton-height, 200px)'),
    background: 'var(--magpie-skeleton-background, currentColor)',
    opacity: '0.06',
    borderRadius: '4px',
  })
  element.setAttribute('role', 'status')
  element.setAttribute('aria-label', 'Loading chart')
  return element
}
