import js from '@eslint/js'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  {
    ignores: ['**/dist/', '**/gen/', '**/static/', '**/node_modules/', '.venv/', '.cache/', 'out/', 'python-wrappers/'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
      },
    },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-undef': 'off',
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-eval': 'error',
      'no-new-func': 'error',
      // Types for packages that have none are declared in a file beside their use, which every workspace must find.
      '@typescript-eslint/triple-slash-reference': ['error', { path: 'always', types: 'always', lib: 'never' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // an author's == is JavaScript's
  { files: ['packages/dataflow/src/closures/loosely-equal.ts'], rules: { eqeqeq: 'off' } },
)
