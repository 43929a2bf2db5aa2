import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PROJECT } from '../../lib/infrastructure/app.ts';
import { lambdaFunction } from '../infrastructure/schemas.ts';
import { resourcesOf, STAGES, templateOf } from '../infrastructure/synthesized.ts';
import { runtimeSources } from './runtime-sources.ts';

const sources = runtimeSources();
const where = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('the code that is deployed', () => {
  it('is looked at as a whole', () => {
    expect(sources.length).toBeGreaterThan(150);
  });

  it('calls addresses of Cognito and of the services of the SDK, and none that a caller or a file could name but those of webhooks', () => {
    expect(where(/\bfetch\(|XMLHttpRequest|WebSocket|from 'node:(https?|http2|net|tls|dgram|dns)(\/promises)?'/u)).toEqual([
      'lib/adapters/cognito/access-token.ts',
      'lib/adapters/cognito/token-endpoint.ts',
      'lib/adapters/notices/public-address.ts',
      'lib/adapters/notices/webhook-address.ts',
      'lib/adapters/notices/webhook.ts',
    ]);
  });

  it('starts no process and runs no text as code', () => {
    expect(where(/node:child_process|node:worker_threads|\beval\(|new Function\(|setTimeout\('/u)).toEqual([]);
    // One word of our own, for the sake of the time in which it ends.
    expect(where(/node:vm/u)).toEqual(['lib/files/within-time.ts']);
    expect(where(/\brunIn\w+\((?!'run\(\)', )|\bcompileFunction\(|new Script\(/u)).toEqual([]);
  });

  it('makes no regular expression out of a text: what profiles call patterns are read letter by letter', () => {
    expect(where(/new RegExp\(|RegExp\(/u)).toEqual([]);
  });

  it('holds no key and no password', () => {
    expect(where(/AKIA[0-9A-Z]{16}|-----BEGIN|'(?=[^']*[a-z])(?=[^']*[0-9])[A-Za-z0-9+/=_-]{32,}'/u)).toEqual([]);
  });
});

const LONG = 20_000;
/** What makes a regular expression try over and over: long runs of one kind that end otherwise than they began. */
const STUBBORN = [
  ...['a', ' ', '0', '-', '.', '/', '"', "'", '<', '=', ',', 'é', '\u00a0', '\t', '\n', '&', '#', ':'].map((one) => `${one.repeat(LONG)}!`),
  ...['a ', '0 ', '0.', '1,', 'a@', 'ab.', '""', 'a"', '" ', 'x=', '&#', '0/', '0:'].map((pair) => `${pair.repeat(LONG / 2)}!`),
  ` ${'0'.repeat(LONG)} x`,
  `"${' '.repeat(LONG)}`,
];

const COMMENT = /^\s*(?:\/?\*|\/\/).*$/gmu;
const LITERAL = /(?<=[=(,:!&|?{}\s[]\s*)\/(?![*/ ])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[.,;)\s\]])/gu;

describe('every regular expression of the code that is deployed', () => {
  const literals = new Map(
    sources.flatMap(({ path, text }) =>
      [...text.replaceAll(COMMENT, '').matchAll(LITERAL)].map(([whole, source = '', flags = '']) => [whole, { path, expression: new RegExp(source, flags) }] as const),
    ),
  );

  it('is found', () => {
    expect(literals.size).toBeGreaterThan(60);
  });

  it.each([...literals].map(([text, { path, expression }]) => [text, path, expression] as const))('%s of %s comes to an end on long stubborn texts', (_text, _path, expression) => {
    for (const stubborn of STUBBORN) {
      expression.lastIndex = 0;
      expect(typeof expression.test(stubborn)).toBe('boolean');
    }
  });
});

describe.each(STAGES)('the environment of functions in %s', (stage) => {
  it('holds names and addresses of resources and no secret', () => {
    const values = resourcesOf(templateOf(stage), 'AWS::Lambda::Function', lambdaFunction).flatMap(({ properties }) => Object.entries(properties.Environment.Variables));
    expect(values.length).toBeGreaterThan(50);
    const literal = values.filter(([, value]) => typeof value === 'string');
    expect([...new Set(literal.map(([name]) => name))].sort()).toEqual(['DETAIL_DAYS', 'NOTICE_CHANNELS', 'SELF_REGISTERED_GROUP', 'VALIDATION_RULES']);
    expect([...new Set(values.map(([name]) => name))].filter((name) => /SECRET|PASSWORD|TOKEN(?!_ENDPOINT)|KEY/u.test(name))).toEqual([]);
  });

  it('and the outputs of the stack give nothing that opens anything', () => {
    expect(Object.keys(templateOf(stage).Outputs).filter((name) => /Secret|Password|Token|Key/u.test(name))).toEqual([]);
    expect(JSON.stringify(templateOf(stage).Resources)).not.toMatch(/"(GenerateSecret|ClientSecret)":\s*(true|")/u);
  });
});

describe('packages', () => {
  const lockfile = z.object({ packages: z.record(z.string(), z.looseObject({ integrity: z.string().optional(), inBundle: z.boolean().optional() })) });
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(PROJECT.root, 'package-lock.json'), 'utf8')));

  it('are installed by the digest of their content', () => {
    // What lies within another package comes with the digest of that one.
    const fetched = Object.entries(packages).filter(([name, { inBundle }]) => name !== '' && inBundle !== true);
    expect(fetched.length).toBeGreaterThan(100);
    expect(fetched.filter(([, { integrity }]) => integrity === undefined).map(([name]) => name)).toEqual([]);
  });
});
