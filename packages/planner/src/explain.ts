import type { Plan, Verdict } from './plan.ts'

const HEADINGS: Readonly<Record<Verdict['kind'], string>> = {
  data: 'Data sets',
  transform: 'Transforms',
  signal: 'Signals',
}

/** A plan for a human reader, as Markdown: what runs where, why, and what crosses. */
export const explain = (plan: Plan): string => {
  const { pipelines, full, steps, stepsTotal } = plan.counts
  const sections = (['data', 'transform', 'signal'] as const).map((kind) => section(plan, kind))
  const up = plan.toServer.map(
    (root) => `- ${root.kind} \`${root.name}\`${root.initial === undefined ? ', once a view runs' : ''}`,
  )
  const down = plan.toClient.map((value) => {
    const { columns } = value.wanted
    const width =
      value.kind === 'signal'
        ? ''
        : columns === 'all'
          ? ', all columns'
          : `, of ${columns.length} candidate columns those that exist`
    const on = value.dependsOn.map((i) => `\`${plan.toServer[i]?.name ?? i}\``).join(', ')
    return `- ${value.kind} \`${value.name}\` (task ${value.wanted.task}${width})${on === '' ? '' : `, depends on ${on}`}`
  })
  return (
    [
      `${full} of ${pipelines} pipelines and ${steps} of ${stepsTotal} transforms run on the server, in ${plan.graph.tasks.length} tasks.`,
      ...sections,
      block('Sent by the browser', up),
      block('Sent by the server', down),
    ].join('\n\n') + '\n'
  )
}

const section = (plan: Plan, kind: Verdict['kind']): string => {
  const rows = plan.verdicts.filter((verdict) => verdict.kind === kind)
  return block(
    HEADINGS[kind],
    rows.map(({ name, side, reason }) => `- \`${name}\` – **${side}**: ${reason}`),
  )
}

const block = (heading: string, lines: readonly string[]): string =>
  `## ${heading}\n\n${lines.length === 0 ? 'None.' : lines.join('\n')}`
