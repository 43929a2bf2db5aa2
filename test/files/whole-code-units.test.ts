import { afterEach, describe, expect, it, vi } from 'vitest';
import { withWholeCodeUnits } from '../../lib/files/whole-code-units.ts';

const BYTES = Buffer.from('xabcdefghi');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what a Buffer is asked for meanwhile', () => {
  it.each(['utf16le', 'utf-16le', 'ucs2', 'ucs-2'] as const)('in %s are whole code units, wherever they begin and end', (encoding) => {
    const read = () => [0, 1, 2, 3].flatMap((start) => [-1, 0, 1, 4, 5, 6, 7, 10, 400].map((end) => BYTES.toString(encoding, start, end)));
    const asked = vi.spyOn(Buffer.prototype, 'toString');
    const guarded = withWholeCodeUnits(read);
    const calls = asked.mock.calls.map(([, start, end]) => Number(end) - Number(start));
    expect(calls).toHaveLength(36);
    expect(calls.filter((length) => length % 2 !== 0)).toEqual([]);
    asked.mockRestore();
    // From a place that is even the rest of an odd number of bytes was always left out.
    const moved = [0, 1, 2, 3].flatMap((start) =>
      [-1, 0, 1, 4, 5, 6, 7, 10, 400].map((end) => Uint8Array.prototype.slice.call(BYTES, start, Math.max(0, end))).map((bytes) => Buffer.from(bytes).toString(encoding)),
    );
    expect(guarded).toEqual(moved);
    expect(withWholeCodeUnits(() => BYTES.subarray(1).toString(encoding))).toBe('\u6261\u6463\u6665\u6867');
  });

  it('in other encodings is what it was', () => {
    expect(withWholeCodeUnits(() => [BYTES.toString(), BYTES.toString('latin1', 1, 4), BYTES.toString('hex', 8), String(BYTES)])).toEqual([
      'xabcdefghi',
      'abc',
      '6869',
      'xabcdefghi',
    ]);
  });

  it('is nothing new once the work has ended, well or not', () => {
    const original = Buffer.prototype.toString;
    withWholeCodeUnits(() => expect(Buffer.prototype.toString).not.toBe(original));
    expect(Buffer.prototype.toString).toBe(original);
    expect(() =>
      withWholeCodeUnits(() => {
        throw new Error('damaged');
      }),
    ).toThrow('damaged');
    expect(Buffer.prototype.toString).toBe(original);
  });
});
