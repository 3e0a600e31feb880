/** The import direction of docs/architecture.md: nobody can break it quietly, and no exception is listed. */
const from = (path) => ({ path: `^${path}/src/` })
const never = (name, source, targets, comment) => ({
  name,
  severity: 'error',
  comment,
  from: from(source),
  to: { path: targets },
})
const pure = 'packages/(dataflow|planner|protocol)'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'sql-alone',
      severity: 'error',
      from: { path: '^packages/dataflow/src/sql/' },
      to: { pathNot: '^packages/dataflow/src/sql/' },
    },
    {
      name: 'expr-below-transforms',
      severity: 'error',
      from: { path: '^packages/dataflow/src/expr/' },
      to: { path: '^packages/dataflow/src/(transforms|sql/dialects)/' },
    },
    {
      name: 'pure-packages',
      severity: 'error',
      comment: 'no node:*, no DOM library, no engine, no HTTP',
      from: from(pure),
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-packages-no-engine',
      severity: 'error',
      from: from(pure),
      to: { path: 'node_modules/(@duckdb|apache-arrow|react|vega-embed|vega-lite)/' },
    },
    never(
      'dataflow-is-the-bottom',
      'packages/dataflow',
      '^packages/(planner|protocol|client-runtime|react|dash|streamlit|panel)/|^runtime-server/',
    ),
    never(
      'protocol',
      'packages/protocol',
      '^packages/(planner|client-runtime|react|dash|streamlit|panel)/|^runtime-server/',
    ),
    never('planner', 'packages/planner', '^packages/(client-runtime|react|dash|streamlit|panel)/|^runtime-server/'),
    never(
      'client-runtime',
      'packages/client-runtime',
      '^packages/(react|dash|streamlit|panel)/|^runtime-server/|node_modules/react',
    ),
    never('client-runtime-no-sql', 'packages/client-runtime', '^packages/dataflow/src/sql/(print|dialects)'),
    never('react', 'packages/react', '^packages/(dash|streamlit|panel)/|^runtime-server/'),
    never('shells', 'packages/(dash|streamlit|panel)', '^packages/(dataflow|planner|client-runtime)/|^runtime-server/'),
    never('server', 'runtime-server', '^packages/(client-runtime|react|dash|streamlit|panel)/'),
    {
      name: 'vega-expression-only-in-parse',
      severity: 'error',
      from: { path: '^(packages|runtime-server)/.*src/', pathNot: '^packages/dataflow/src/expr/parse\\.ts$' },
      to: { path: 'node_modules/vega-expression/' },
    },
    {
      name: 'passes-do-not-know-each-other',
      severity: 'error',
      from: { path: '^packages/planner/src/passes/([^/]+)\\.ts$' },
      to: { path: '^packages/planner/src/passes/', pathNot: '^packages/planner/src/passes/$1' },
    },
    {
      name: 'transforms-do-not-know-each-other',
      severity: 'error',
      from: {
        path: '^packages/dataflow/src/transforms/(aggregate|bin|collect|extent|filter|flatten|fold|formula|identifier|impute|joinaggregate|lookup|pivot|project|quantile|sequence|stack|timeunit|window)\\.ts$',
      },
      to: {
        path: '^packages/dataflow/src/transforms/(aggregate|bin|collect|extent|filter|flatten|fold|formula|identifier|impute|joinaggregate|lookup|pivot|project|quantile|sequence|stack|timeunit|window)\\.ts$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|gen|test|static)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['magpie-source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
