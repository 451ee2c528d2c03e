/**
 * Lint: the strict rules of typescript-eslint, and the import directions of the house (README, Design notes).
 *
 * Each folder of src lists what it may import; everything else is refused. A folder that is not listed here is refused
 * every import of another folder, so a new folder must be given its place before it compiles clean.
 */
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What a folder may import besides itself and src/text: other parts of src, packages, and `node:` modules ('*' = any). */
const DIRECTIONS = {
  text: { parts: [], packages: [], node: [] },
  keys: { parts: [], packages: [], node: [] },
  progress: { parts: ['keys', 'errors'], packages: [], node: [] },
  crypto: {
    parts: ['keys', 'errors'],
    packages: ['node-forge'],
    node: ['crypto', 'worker_threads', 'buffer', 'os', 'url'],
  },
  rotation: { parts: ['keys', 'progress', 'errors'], packages: [], node: ['crypto', 'os', 'timers/promises'] },
  db: {
    parts: ['keys', 'errors'],
    typeOnly: ['rotation/ports'],
    packages: ['mssql', 'tedious'],
    node: '*',
  },
  embedded: { parts: ['keys'], packages: [], node: '*' },
  demo: { parts: ['embedded', 'crypto', 'keys', 'errors'], packages: ['mssql', 'node-forge'], node: '*' },
  config: { parts: ['keys', 'errors'], packages: ['zod'], node: '*' },
  output: { parts: ['progress', 'keys', 'errors'], packages: [], node: '*' },
  ui: { parts: ['progress', 'keys', 'errors'], packages: ['ink', 'react'], node: '*' },
  cli: { parts: '*', packages: ['yargs'], node: '*' },
};

const PARTS = [...Object.keys(DIRECTIONS), 'errors', 'main'];

/** Parts are matched by their place below src, however many `../` lead there; `./errors.ts` is the folder's own. */
function partPattern(part) {
  return part === 'errors' || part === 'main' ? `^(\\.\\./)+${part}\\.ts$` : `^(\\.\\./)+${part}/`;
}

function direction(folder, { parts, packages, node, typeOnly = [] }) {
  const patterns = [];
  if (parts !== '*') {
    for (const part of PARTS) {
      if (part === folder || part === 'text' || parts.includes(part)) continue;
      const typed = typeOnly.find((path) => path.startsWith(`${part}/`));
      patterns.push({
        regex: partPattern(part),
        message: `src/${folder} may not import src/${part}${typed ? ' (types of its ports only)' : ''}.`,
        ...(typed ? { allowTypeImports: true } : {}),
      });
    }
  }
  if (node !== '*') {
    const allowed = node.map((name) => `${name}$`).join('|');
    patterns.push({
      regex: allowed === '' ? '^node:' : `^node:(?!${allowed})`,
      message: `src/${folder} may import only these node modules: ${node.join(', ') || 'none'}.`,
    });
  }
  const allowedPackages = packages.map((name) => `${name}($|/)`).join('|');
  patterns.push({
    regex: allowedPackages === '' ? '^(?!\\.|node:)' : `^(?!\\.|node:|${allowedPackages})`,
    message: `src/${folder} may import only these packages: ${packages.join(', ') || 'none'}.`,
  });
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'node_modules/', '.stryker-tmp/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { project: ['./test/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      // packages have no way back into src
      'import-x/ignore': ['node_modules'],
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // numbers and booleans in messages are plain there; objects and undefined stay forbidden
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // async functions without await satisfy interfaces of promises
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...Object.entries(DIRECTIONS).map(([folder, allowed]) => direction(folder, allowed)),
  {
    files: ['src/errors.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\./text/)', message: 'src/errors.ts imports only src/text.' }] },
      ],
    },
  },
  { files: ['src/main.ts', 'src/output/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // a test knows what it planted
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
);
