import { describe, expect, it } from 'vitest';
import { openRows } from '../../lib/files/open-rows.ts';
import { reasonOf, rowsOf } from './read-all.ts';

const ROWS = [
  ['payid', 'amount'],
  ['A', 5],
  ['B', 6],
];
const OBJECTS = [
  { payid: 'A', amount: 5 },
  { payid: 'B', amount: 6 },
];

describe('a JSON statement', () => {
  it.each([
    ['an array of objects', OBJECTS],
    ['an object with a sheet', { Feuil1: OBJECTS }],
    ['an object whose first sheets are empty', { Feuil1: [], Feuil2: OBJECTS, Feuil3: [{ x: 1 }] }],
    ['an object with other things beside its sheet', { version: 2, Feuil1: OBJECTS }],
    ['an array of arrays', ROWS],
  ])('may be %s', async (_, value) => {
    expect(await rowsOf(JSON.stringify(value))).toEqual(ROWS);
    expect(await rowsOf(JSON.stringify(value, null, 2))).toEqual(ROWS);
    expect(await rowsOf(`\ufeff ${JSON.stringify(value)}\n`)).toEqual(ROWS);
  });

  it('may be a JSON string of these', async () => {
    expect(await rowsOf(JSON.stringify(JSON.stringify(OBJECTS)))).toEqual(ROWS);
    expect(await rowsOf(JSON.stringify(JSON.stringify({ Feuil1: OBJECTS })))).toEqual(ROWS);
    expect(await rowsOf(JSON.stringify(`\n ${JSON.stringify(OBJECTS)}`))).toEqual(ROWS);
  });

  it('has as header every key of every row, in the order of their first use', async () => {
    expect(await rowsOf('[{"b":1},{"a":2,"b":3},{"c":4}]')).toEqual([
      ['b', 'a', 'c'],
      [1, null, null],
      [3, 2, null],
      [null, null, 4],
    ]);
  });

  it('keeps the types of its values, dates as text, and writes nested values as JSON', async () => {
    expect(await rowsOf('[{"a":"007","b":7,"c":true,"d":null,"e":{"x":[1]},"f":[2],"g":"2026-03-12"}]')).toEqual([
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      ['007', 7, true, null, '{"x":[1]}', '[2]', '2026-03-12'],
    ]);
    expect((await openRows({ kind: 'bytes', bytes: Buffer.from('[{"a":1}]') })).typed).toBe(true);
  });

  it('may have columns named like parts of the language', async () => {
    expect(await rowsOf('[{"a":1},{"__proto__":{"polluted":1},"constructor":"x","toString":2}]')).toEqual([
      ['a', '__proto__', 'constructor', 'toString'],
      [1, null, null, null],
      [null, '{"polluted":1}', 'x', 2],
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('may hold a hundred thousand rows', async () => {
    const rows = await rowsOf(JSON.stringify(Array.from({ length: 100_000 }, (_, index) => ({ payid: `P${index}` }))));
    expect(rows.length).toBe(100_001);
    expect(rows.at(-1)).toEqual(['P99999']);
  });

  it.each(['[]', '{"Feuil1":[]}', '{"Feuil1":[],"Feuil2":[]}', '{}', '"[]"', '""', ' [ ] '])('without rows is empty: %s', async (text) => {
    expect(await reasonOf(text)).toBe('empty');
  });

  it.each(['[{"a":1}', '{"a":', '[{"a":1}]]', '{"Feuil1":[{"a":1}', '[', '{', "[{'a':1}]", '"[{\\"a\\":1}"'])('that is broken is corrupt: %s', async (text) => {
    expect(await reasonOf(text)).toBe('corrupt');
  });

  it.each(['[1,2]', '["a"]', '[null]', '[{"a":1},2]', '[{"a":1},[2]]', '{"Feuil1":["a"]}', '[[1],{"a":1}]'])('whose rows are not all of one kind is no table: %s', async (text) => {
    expect(await reasonOf(text)).toBe('not-a-table');
  });

  it('is told from a csv file whose first header is quoted', async () => {
    expect(await rowsOf('"[montant]";"payid"\n"1";"A"\n')).toEqual([
      ['[montant]', 'payid'],
      ['1', 'A'],
    ]);
  });
});

describe('a file of JSON lines', () => {
  it('has one object a line; blank lines do not count', async () => {
    expect(await rowsOf('{"payid":"A","amount":5}\n\n{"payid":"B","amount":6}\r\n')).toEqual(ROWS);
    expect(await rowsOf('\ufeff{"payid":"A","amount":5}\n{"payid":"B","amount":6}')).toEqual(ROWS);
  });

  it('knows a key that only the last line has', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => JSON.stringify({ payid: `é${index}` }));
    const rows = await rowsOf([...lines, '{"late":1}'].join('\n'));
    expect(rows[0]).toEqual(['payid', 'late']);
    expect(rows[50_000]).toEqual(['é49999', null]);
    expect(rows.at(-1)).toEqual([null, 1]);
  });

  it('may be one line', async () => {
    expect(await rowsOf('{"payid":"A","amount":5}\n')).toEqual(ROWS.slice(0, 2));
  });

  it('is corrupt where a line is broken, and no table where a line is no object', async () => {
    expect(await reasonOf('{"a":1}\n{"a":2\n')).toBe('corrupt');
    expect(await reasonOf('{"a":1}\n{"a":2}]\n')).toBe('corrupt');
    expect(await reasonOf('{"a":1}\n[2]\n')).toBe('not-a-table');
    expect(await reasonOf('{"a":1}\n2\n')).toBe('not-a-table');
  });
});
