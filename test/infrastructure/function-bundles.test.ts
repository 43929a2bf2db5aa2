import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../lib/infrastructure/function-bundles.ts';

describe('the bundles of functions', () => {
  let root = '';
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const bundle = (...entries: string[]) => bundleFunctions({ root, entries, outputDirectory: join(root, 'dist') });
  const load = (entry: string): Promise<unknown> => import(pathToFileURL(join(root, 'dist', entry, 'index.mjs')).href);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bundles-'));
    write('lib/greeting.ts', "export const greeting: string = 'bonjour';\n");
    write('functions/area/say-hello.ts', "import { greeting } from '../../lib/greeting.ts';\nexport const handler = async () => greeting;\n");
    write('functions/area/say-it-twice.ts', "import { greeting } from '../../lib/greeting.ts';\nexport const handler = async () => greeting + greeting;\n");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('run alone: each holds what its function imports', async () => {
    bundle('area/say-hello', 'area/say-it-twice');
    rmSync(join(root, 'lib'), { recursive: true });
    expect(await load('area/say-hello')).toHaveProperty('handler');
    expect(await load('area/say-it-twice')).toHaveProperty('handler');
  });

  it('hold packages written for CommonJS, which call require', () => {
    write('node_modules/old/package.json', '{"name":"old","version":"1.0.0","main":"index.js"}');
    write('node_modules/old/index.js', "const load = (name) => require(name);\nmodule.exports = { separator: require('path').sep, load };\n");
    write('functions/area/use-old.ts', "import old from 'old';\nexport const separator: string = old.separator;\n");
    bundle('area/use-old');
    // By Node itself: the test runner would give the module a `require`.
    const script = `import { separator } from ${JSON.stringify(join(root, 'dist', 'area', 'use-old', 'index.mjs'))}; console.log(separator);`;
    expect(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })).toBe('/\n');
  });

  it('of functions that are no more are gone', () => {
    bundle('area/say-hello', 'area/say-it-twice');
    bundle('area/say-hello');
    expect(readdirSync(join(root, 'dist', 'area'))).toEqual(['say-hello']);
  });

  it('are the same bytes when nothing has changed, so that nothing is deployed', () => {
    const once = readBundle();
    expect(readBundle()).toEqual(once);
  });

  it('are left alone when nothing has changed: another synth may be reading them', () => {
    bundle('area/say-hello');
    const before = statSync(join(root, 'dist', 'area', 'say-hello', 'index.mjs'));
    bundle('area/say-hello');
    expect(statSync(join(root, 'dist', 'area', 'say-hello', 'index.mjs'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(readdirSync(join(root, 'dist', 'area', 'say-hello'))).toEqual(['index.mjs']);
  });

  const path = () => join(root, 'dist', 'area', 'say-hello', 'index.mjs');

  it('are not made again while their sources are as they were', () => {
    bundle('area/say-hello');
    const { size } = statSync(path());
    // Of the same size, and yet no bundle: made again it would be gone.
    writeFileSync(path(), '/'.repeat(size));
    bundle('area/say-hello');
    expect(readFileSync(path(), 'utf8')).toBe('/'.repeat(size));
  });

  it.each([
    ['a source changes', () => write('lib/greeting.ts', "export const greeting: string = 'bonsoir';\n")],
    ['another version of a package may be there', () => write('package-lock.json', '{}')],
    ['one of them is gone', () => rmSync(path())],
    ['one of them was cut short', () => writeFileSync(path(), '')],
    ['what they were made of is not known', () => writeFileSync(join(root, 'dist.stamp.json'), '{')],
  ])('are made again where %s', (_, change) => {
    bundle('area/say-hello');
    const made = readFileSync(path(), 'utf8');
    writeFileSync(path(), '/'.repeat(made.length));
    change();
    bundle('area/say-hello');
    expect(readFileSync(path(), 'utf8').replace('bonsoir', 'bonjour')).toBe(made);
  });

  it('that did not come about are made again', () => {
    bundle('area/say-hello');
    write('lib/greeting.ts', 'export const greeting: string = ;\n');
    expect(() => bundle('area/say-hello')).toThrow();
    write('lib/greeting.ts', "export const greeting: string = 'bonsoir';\n");
    bundle('area/say-hello');
    expect(readFileSync(path(), 'utf8')).toContain('bonsoir');
  });

  it('are not made where a function has no source', () => {
    expect(() => bundle('area/say-hello', 'area/say-goodbye')).toThrow(/say-goodbye/);
  });

  function readBundle(): string {
    bundle('area/say-hello');
    return readFileSync(join(root, 'dist', 'area', 'say-hello', 'index.mjs'), 'utf8');
  }
});
