import { describe, expect, it } from 'vitest';
import { LARGEST_BODY, readBody, UploadedFile } from '../../lib/http/body.ts';
import { requestOf } from '../../lib/http/request.ts';
import { reasonOf } from '../use-cases/failing.ts';
import { anEvent } from './an-event.ts';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const SUBMISSION = { operateur: 'OMCI', fichier: [{ Référence: 'PP1', Crédit: '5 000 + 1 & 2 = 100 %' }], fileName: 'relevé.json' };

const read = (contentType: string, body: string | Uint8Array | null) => readBody(requestOf(anEvent({ contentType, body })));
const refused = (contentType: string, body: string | Uint8Array | null) => reasonOf(read(contentType, body));

/** A multipart body of parts, each with its header lines and its content. */
function multipart(parts: readonly (readonly [headers: string, content: string | Uint8Array])[], { end = '--XX--\r\n' } = {}) {
  const chunks = parts.flatMap(([headers, content]) => [`--XX\r\nContent-Disposition: form-data; ${headers}\r\n\r\n`, content, '\r\n']);
  return Buffer.concat([...chunks, end].map((chunk) => Buffer.from(chunk)));
}
const MULTIPART = 'multipart/form-data; boundary=XX';

describe('a JSON body', () => {
  it.each([
    ['null', null],
    ['""', ''],
    ['[]', []],
    ['"x"', 'x'],
    ['42', 42],
    ['{"é":"🧾"}', { é: '🧾' }],
    ['\ufeff{"a":1}', { a: 1 }],
  ])('%s is what it says', async (body, value) => {
    expect(await read(JSON_TYPE, Buffer.from(body))).toEqual(value);
  });

  it.each([[''], ['  \n'], [null]])('%j is no body', async (body) => {
    expect(await read(JSON_TYPE, body)).toBeUndefined();
  });

  it.each([['{"a":'], ['{a:1}'], ['{} {}'], ['<x/>'], ['undefined']])('%s is a 400 that says so', async (body) => {
    expect(await refused(JSON_TYPE, body)).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('JSON') });
  });

  it('of bytes that are no UTF-8 is a 400 that says so', async () => {
    expect(await refused(JSON_TYPE, Buffer.from('{"a":"é"}', 'latin1'))).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('UTF-8') });
  });

  it('without a content type, or with another, is read as JSON', async () => {
    for (const type of ['', 'text/plain', 'APPLICATION/JSON; charset=utf-8']) expect(await read(type, '{"a":1}')).toEqual({ a: 1 });
  });

  it('may be as large as 4 MB and no larger', async () => {
    const fitting = `"${'x'.repeat(LARGEST_BODY - 2)}"`;
    expect(await read(JSON_TYPE, fitting)).toHaveLength(LARGEST_BODY - 2);
    expect(await refused(JSON_TYPE, `${fitting} `)).toMatchObject({ code: 'too-large' });
    expect(await refused(JSON_TYPE, Buffer.alloc(LARGEST_BODY + 1))).toMatchObject({ code: 'too-large' });
  });

  it('whose keys are names of object prototypes is a plain value', async () => {
    const value = await read(JSON_TYPE, '{"__proto__":{"polluted":true}}');
    expect(Object.getOwnPropertyNames(value)).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a urlencoded form', () => {
  it('is its fields, the last of each name', async () => {
    expect(await read(FORM, 'operateur=OMCI&fileName=relev%C3%A9+2.json&vide=&operateur=OMSN')).toEqual({ operateur: 'OMSN', fileName: 'relevé 2.json', vide: '' });
  });

  it('of no fields is an empty one', async () => {
    expect(await read(FORM, '')).toEqual({});
  });

  const TEXT = JSON.stringify(SUBMISSION);
  it.each([
    ['as it stands', TEXT],
    ['as it stands, with the sign of an empty value', `${TEXT}=`],
    ['after blanks', `\n ${TEXT}`],
    ['percent-encoded', encodeURIComponent(TEXT)],
    ['percent-encoded with an empty value', `${encodeURIComponent(TEXT)}=`],
    ['encoded as a form', new URLSearchParams([[TEXT, '']]).toString()],
    [
      'encoded as a form, with another field behind',
      new URLSearchParams([
        [TEXT, ''],
        ['csrf', 'x'],
      ]).toString(),
    ],
  ])('whose first field is named by the whole JSON text, %s, is that JSON', async (_how, body) => {
    expect(await read(FORM, body)).toEqual(SUBMISSION);
  });

  it.each([['{"a":'], ['%7B%22a%22%3A'], ['[1,']])('named by JSON that breaks off, %s, is a 400', async (body) => {
    expect(await refused(FORM, body)).toMatchObject({ code: 'invalid-request' });
  });
});

describe('a multipart form', () => {
  it('is its fields, and its files with their bytes as they are', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 88, 10]);
    const body = multipart([
      ['name="operateur"', 'OMCI'],
      ['name="fichier"; filename="mars.xlsx"\r\nContent-Type: application/octet-stream', bytes],
    ]);
    expect(await read(MULTIPART, body)).toEqual({ operateur: 'OMCI', fichier: new UploadedFile('mars.xlsx', bytes) });
  });

  it.each([
    ['in UTF-8', 'filename="relevé 🧾.xlsx"', 'relevé 🧾.xlsx'],
    ['in the way of RFC 5987', "filename*=UTF-8''relev%C3%A9%20%F0%9F%A7%BE.xlsx", 'relevé 🧾.xlsx'],
    ['with a folder of Windows', 'filename="C:\\\\Relevés\\\\mars.xlsx"', 'mars.xlsx'],
    ['with a folder', 'filename="../../etc/mars.xlsx"', 'mars.xlsx'],
  ])('gives the name of its file %s', async (_how, parameter, fileName) => {
    expect(await read(MULTIPART, multipart([[`name="fichier"; ${parameter}`, 'x']]))).toEqual({ fichier: new UploadedFile(fileName, Buffer.from('x')) });
  });

  it('with a file that was left out has an empty one', async () => {
    const body = await read(MULTIPART, multipart([['name="fichier"; filename=""\r\nContent-Type: application/octet-stream', '']]));
    expect(body).toEqual({ fichier: new UploadedFile('', Buffer.alloc(0)) });
  });

  const WHOLE = multipart([
    ['name="operateur"', 'OMCI'],
    ['name="fichier"; filename="mars.xlsx"\r\nContent-Type: application/octet-stream', 'x'.repeat(1_000)],
  ]);
  it.each([
    ['without its end', WHOLE.subarray(0, -8)],
    ['in the middle of a file', WHOLE.subarray(0, 500)],
    ['in the headers of a part', WHOLE.subarray(0, 30)],
    ['before it begins', Buffer.alloc(0)],
    ['and is something else', Buffer.from('{"operateur":"OMCI"}')],
  ])('that breaks off %s is a 400', async (_where, body) => {
    expect(await refused(MULTIPART, body)).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('multipart') });
  });

  it('in UTF-16 is read by whole code units, wherever its fields lie', async () => {
    const before: unknown = Reflect.get(Buffer.prototype, 'ucs2Slice');
    if (typeof before !== 'function') throw new Error('this Node has no ucs2Slice');
    const asked: number[] = [];
    Reflect.set(Buffer.prototype, 'ucs2Slice', function (this: Buffer, start: number, end: number) {
      asked.push(end - start);
      return String(Reflect.apply(before, this, [start, end]));
    });
    try {
      const texts: unknown[] = [];
      for (const name of ['a', 'ab'])
        for (const rest of ['', 'x']) texts.push(await read(MULTIPART, multipart([[`name="${name}"\r\nContent-Type: text/plain; charset=utf-16le`, `o\0u\0i\0${rest}`]])));
      expect(texts).toEqual([{ a: 'oui' }, { a: 'oui' }, { ab: 'oui' }, { ab: 'oui' }]);
      expect(asked.filter((length) => length === 6)).toHaveLength(4);
      expect(asked.filter((length) => length % 2 !== 0)).toEqual([]);
    } finally {
      Reflect.set(Buffer.prototype, 'ucs2Slice', before);
    }
  });

  it('without a boundary is a 400', async () => {
    expect(await refused('multipart/form-data', WHOLE)).toMatchObject({ code: 'invalid-request' });
  });

  it('of more parts than any form of ours has is refused, not cut', async () => {
    const body = multipart(Array.from({ length: 60 }, (_, index) => [`name="f${index}"`, 'x'] as const));
    expect(await refused(MULTIPART, body)).toMatchObject({ code: 'invalid-request' });
  });

  it('larger than 4 MB is told to be', async () => {
    expect(await refused(MULTIPART, multipart([['name="fichier"; filename="x"', 'x'.repeat(LARGEST_BODY)]]))).toMatchObject({ code: 'too-large' });
  });
});
