import { flagOf, OPTION_NAMES, OPTIONS, variableOf } from './options.ts'

/** The text of `--help`, made from the options themselves. */
export function helpText(): string {
  const entries = OPTION_NAMES.map((name) => {
    const { metavar, help, defaultText } = OPTIONS[name]
    return [`  --${flagOf(name)} ${metavar}`, ...wrap(`${help} Default: ${defaultText}. (${variableOf(name)})`)].join(
      '\n',
    )
  })
  return [INTRODUCTION, ...entries, ''].join('\n')
}

const INTRODUCTION = `Usage: magpie-runtime [options]

The Magpie runtime service: evaluates and caches the data of Vega charts.

Each option is read from its flag, else from its environment variable (in brackets), else from the configuration file,
a JSON object whose keys are the names of the options in camel case (max-body-bytes is maxBodyBytes).

Options:
  --config FILE
      The configuration file. Default: none. (MAGPIE_CONFIG)
  --version
      Prints the version.
  --help
      Prints this text.`

function wrap(text: string, width = 112): readonly string[] {
  return text.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > width) return [...lines, `      ${word}`]
    return [...lines.slice(0, -1), `${last} ${word}`]
  }, [])
}
