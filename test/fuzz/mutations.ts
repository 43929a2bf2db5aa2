import type { Random } from '../../lib/local/sample/random.ts';

/** Texts that have broken readers: numbers at their limits, dates that are none, marks of formats, names of prototypes, halves of characters. */
const NASTY = [
  '',
  ' ',
  '-',
  'NULL',
  '0',
  '-0',
  '00',
  '1e309',
  '-1e309',
  '1e-400',
  'NaN',
  'Infinity',
  '9007199254740993',
  '99999999999999999999999999',
  '1,2,3.4',
  '1.000',
  '(5)',
  '٣٤',
  '31/02/2026',
  '00/00/0000',
  '29/02/2025',
  '9999-12-31T23:59:59.9999999Z',
  '0000-00-00',
  '1899-12-30',
  '24:00:00',
  '25:61:61',
  '12:00:00 AM',
  '=1+1',
  '@SUM(1)',
  "'0701",
  '"',
  '""',
  '"a',
  ';',
  ',',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\u0000',
  '\u0001',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\udc00',
  '🧾',
  'e\u0301',
  'RÃ©fÃ©rence',
  '\u202e',
  '__proto__',
  'constructor',
  'toString',
  '<x>',
  ']]>',
  '&amp;',
  '&#0;',
  '_x000D_',
  '{',
  '[',
  '{"a":',
  'x'.repeat(5_000),
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  '9'.repeat(400),
  ' '.repeat(3_000),
  'FRI:2250700000000/MSISDN',
  '+225 07 00 00 00 00',
] as const;

export function nastyText(random: Random): string {
  return random.pick(NASTY);
}

export function nastyValue(random: Random): unknown {
  const make = random.pick<() => unknown>([
    () => nastyText(random),
    () => null,
    () => undefined,
    () => random.chance(0.5),
    () => random.between(-3, 3),
    () => random.pick([Number.NaN, Number.POSITIVE_INFINITY, -0, 1e21, 2 ** 53, 0.1, -1]),
    () => [],
    () => ({}),
    () => [nastyText(random)],
    () => ({ [nastyText(random)]: nastyText(random) }),
    () => new Array(random.below(200)).fill(nastyText(random)),
  ]);
  return make();
}

/** Bytes with some of them changed, lost, doubled or moved, as a bad line, a bad program or somebody with intent would. */
export function mutatedBytes(random: Random, bytes: Uint8Array): Buffer {
  let mutated: Buffer = Buffer.from(bytes);
  for (let left = random.between(1, 4); left > 0; left -= 1) mutated = once(random, mutated);
  return mutated;
}

function once(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  const length = random.pick([1, 1, 2, 4, 16, 64, 512]);
  const rest = bytes.subarray(at + length);
  const make = random.pick<() => Buffer>([
    () =>
      Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([random.pick([0, 1, 0x22, 0x2c, 0x3b, 0x3c, 0x3e, 0x5b, 0x7b, 0x7f, 0x80, 0xff, random.below(256)])]),
        bytes.subarray(at + 1),
      ]),
    () => Buffer.concat([bytes.subarray(0, at), rest]),
    () => bytes.subarray(0, at),
    () => bytes.subarray(at),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(nastyText(random)), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.below(bytes.length + 1)).subarray(0, length), rest]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(length), rest]),
  ]);
  return make();
}

/** A JSON value in which something has another type, is missing, is doubled, or has another name. */
export function mutatedValue(random: Random, value: unknown): unknown {
  if (random.chance(0.08)) return nastyValue(random);
  if (Array.isArray(value)) return mutatedList(random, value);
  if (typeof value === 'object' && value !== null) return mutatedFields(random, value);
  return random.chance(0.3) ? nastyValue(random) : value;
}

function mutatedList(random: Random, list: readonly unknown[]): unknown[] {
  const at = random.below(list.length + 1);
  const make = random.pick<() => unknown[]>([
    () => list.map((item, index) => (index === at ? mutatedValue(random, item) : item)),
    () => [...list.slice(0, at), ...list.slice(at + 1)],
    () => [...list.slice(0, at), nastyValue(random), ...list.slice(at)],
    () => [...list, ...list],
  ]);
  return make();
}

function mutatedFields(random: Random, fields: object): object {
  const entries = Object.entries(fields);
  const at = random.below(Math.max(1, entries.length));
  const make = random.pick<() => (readonly [string, unknown])[]>([
    () => entries.map(([name, part], index) => [name, index === at ? mutatedValue(random, part) : part] as const),
    () => entries.map(([name, part], index) => [name, index === at ? mutatedValue(random, part) : part] as const),
    () => entries.filter((_, index) => index !== at),
    () => [...entries, [nastyText(random), nastyValue(random)]],
    () => entries.map(([name, part], index) => [index === at ? nastyText(random) : name, part] as const),
  ]);
  // `__proto__` as a name of its own, as JSON.parse makes it.
  const made: object = {};
  for (const [name, part] of make()) Object.defineProperty(made, name, { value: part, enumerable: true, configurable: true, writable: true });
  return made;
}
