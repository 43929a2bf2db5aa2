import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSplitter } from '../../lib/files/json-splitter.ts';
import { UnreadableFile } from '../../lib/files/unreadable-file.ts';

/** The elements and the rest of a text that comes in pieces of a size. */
function split(text: string, size: number): { readonly elements: readonly unknown[]; readonly around: unknown } | 'refused' {
  const splitter = new JsonSplitter((bytes) => bytes.toString());
  const bytes = Buffer.from(text);
  const elements: unknown[] = [];
  try {
    for (let at = 0; at < bytes.length; at += size) elements.push(...splitter.feed(bytes.subarray(at, at + size)));
    return { elements, around: splitter.end() };
  } catch (error) {
    if (error instanceof UnreadableFile) return 'refused';
    throw error;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const size = fc.integer({ min: 1, max: 30 });
const spaces = fc.constantFrom(0, 2);

describe('the rows of a JSON text', () => {
  it('are its elements, wherever its bytes are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), spaces, size, (value, indent, pieces) => {
        expect(split(JSON.stringify(value, null, indent), pieces)).toEqual({ elements: JSON.parse(JSON.stringify(value)), around: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('are those of the first array that is not empty, in an object; the rest of it is kept', () => {
    const others = fc.dictionary(fc.string(), fc.oneof(fc.constant([]), fc.integer(), fc.string(), fc.dictionary(fc.string(), fc.jsonValue())));
    fc.assert(
      fc.property(others, fc.array(fc.jsonValue(), { minLength: 1 }), others, spaces, size, (before, rows, after, indent, pieces) => {
        const sheets = (table: readonly unknown[]): unknown => JSON.parse(JSON.stringify({ a: before['a'] ?? 1, ...before, 'the sheet': table, z: 2, ...after }));
        const found = split(JSON.stringify(sheets(rows), null, indent), pieces);
        expect(found).toEqual({ elements: JSON.parse(JSON.stringify(rows)), around: sheets([]) });
      }),
      { numRuns: 300 },
    );
  });

  it('are refused exactly where the text is no JSON', () => {
    const noise = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '1', ' ', '\n', '"a":', '{"a":1}'), maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom('[', '{', '[{', '[1', '{"a":['), noise, fc.constantFrom('', ']', '}', ']}', '}]'), size, (start, middle, end, pieces) => {
        const text = start + middle + end;
        expect([text, split(text, pieces) === 'refused']).toEqual([text, !parses(text)]);
      }),
      {
        numRuns: 3_000,
        examples: [
          ['[', ',1]', '', 1],
          ['[', '1,,1]', '', 2],
          ['[1', ',]', '', 1],
        ],
      },
    );
  });
});
