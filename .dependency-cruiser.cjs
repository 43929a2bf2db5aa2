/** Import boundaries of the layout in docs/architecture.md. A change that needs another arrow changes this file and says why. */
const from = (path) => ({ path: `^${path}` });
const only = (name, folder, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: from(folder),
  to: { path: '^(lib|bin|functions|test|node_modules)/', pathNot: allowed.map((path) => `^${path}`) },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('core-is-pure', 'lib/core/', ['lib/core/'], 'The domain imports nothing outside itself.'),
    { name: 'core-has-no-node', severity: 'error', from: from('lib/core/'), to: { dependencyTypes: ['core'] } },
    only('ports-speak-of-core', 'lib/ports\\.ts', ['lib/core/'], 'What use cases need, in the words of the domain.'),
    only(
      'files-know-rows',
      'lib/files/',
      ['lib/files/', 'lib/core/', 'node_modules/(xlsx|@e965|yauzl|yazl|@types|zod)/'],
      'Readers and writers know rows and nothing of what they mean.',
    ),
    only(
      'exports-know-files',
      'lib/exports/',
      ['lib/exports/', 'lib/files/', 'lib/core/', 'node_modules/(@cantoo|zod)/'],
      'What is handed out is made of the domain, and written with the writers of files.',
    ),
    only('use-cases-know-ports', 'lib/use-cases/', ['lib/use-cases/', 'lib/core/', 'lib/files/', 'lib/exports/', 'lib/ports\\.ts'], 'Stores are handed to use cases as ports.'),
    { name: 'aws-only-in-adapters', severity: 'error', from: { path: '^(lib|functions)/', pathNot: '^lib/(adapters|local)/' }, to: { path: '^node_modules/@aws-sdk/' } },
    only(
      'adapters-know-ports',
      'lib/adapters/',
      ['lib/adapters/', 'lib/core/', 'lib/ports\\.ts', 'lib/environment\\.ts', 'lib/log/', 'node_modules/(@aws-sdk|zod|aws-jwt-verify)/'],
      'A store knows its service and the domain; what it writes and sends carries the correlation id of the work.',
    ),
    {
      name: 'runtime-knows-no-emulator',
      severity: 'error',
      from: { path: '^(functions|lib/(core|files|http|log|messages|use-cases|adapters|cli))/' },
      to: { path: '^lib/(local|infrastructure)/' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { path: '^(bin|lib|functions)/' }, to: { path: '^test/' } },
    { name: 'functions-are-leaves', severity: 'error', comment: 'Only their tests call them here.', from: { pathNot: '^test/functions/' }, to: { path: '^functions/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
