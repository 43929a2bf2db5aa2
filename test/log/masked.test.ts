import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../../lib/log/masked.ts';

describe('in a line of the log', () => {
  it.each([['2250701020304'], ['+225 07 01 02 03 04'], ['07-01-02-03-04'], ['07.01.02.03.04'], ['(225) 07 01 02 03 04'], ['FRI:2250501020304/MSISDN'], ['tel=0701020304;']])(
    'the number in %s keeps its last two digits',
    (text) => {
      const shown = masked(text);
      expect(shown).toContain('••••04');
      expect(shown).not.toMatch(/\d{3}|\d[ .-]\d/u);
    },
  );

  it('no text, whatever stands around it, lets eight digits of a number through', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 10_000_000, max: 2_259_999_999_999 }), (before, after, number) => {
        expect(masked(`${before} ${number} ${after}`)).not.toContain(` ${number} `);
      }),
    );
  });

  it('tokens, secrets and digests are not there at all', () => {
    const jwt = 'eyJraWQiOiJhIn0.eyJzdWIiOiJiIn0.c2lnbmF0dXJl';
    const secret = 'q7w8e9r0t1y2u3i4o5p6a7s8d9f0g1h2j3k4l5z6x7c8v9b0';
    expect(masked(`Bearer ${jwt} or ${secret}.`)).toBe('Bearer <jeton> or <secret>.');
  });

  it('addresses of people are not there at all', () => {
    expect(masked('to awa.kone+x@example.com, <binta@exemple.ci>: refused')).toBe('to <adresse>, <<adresse>>: refused');
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(masked(`sent to ${address} at last`)).not.toContain(address);
      }),
    );
  });

  it('ids of requests, short numbers and places in the code stay as they are', () => {
    const text = 'request 12345678-1234-1234-1234-123456789012, tache 4711, at file:///var/task/index.mjs:48213:17';
    expect(masked(text)).toBe(text);
  });
});
