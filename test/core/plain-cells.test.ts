import { describe, expect, it } from 'vitest';
import { isNoReference, isText, isTrimmed, NOT_PLAIN, PHONE_NUMBER, PHONE_TEXT, plainAmount, plainDigits, plainPhone } from '../../lib/core/plain-cells.ts';
import { reference } from '../../lib/core/reference.ts';

const utf8 = new TextEncoder();

/** Reads a cell that lies between two others. */
function cell<Result>(read: (bytes: Uint8Array, start: number, end: number) => Result): (text: string) => Result {
  return (text) => {
    const bytes = utf8.encode(`9${text}9`);
    return read(bytes, 1, bytes.length - 1);
  };
}

describe('a cell that is read from its bytes', () => {
  it('is an amount where it is digits alone, few enough to be exact', () => {
    expect(['0', '5000', '007', '999999999999'].map(cell(plainAmount))).toEqual([0, 5_000, 7, 999_999_999_999]);
    expect(['', '1000000000000', '5 000', '-5', '5/', '5:', '/5', ':5', '5.0'].map(cell(plainAmount))).toEqual(Array(9).fill(NOT_PLAIN));
  });

  it('is a phone where it is digits: a number where a spreadsheet may have taken it for one', () => {
    expect(['707123456', '7', '123456789012345'].map(cell(plainPhone))).toEqual(Array(3).fill(PHONE_NUMBER));
    expect(['0707123456', '1234567890123456', '09', '01'].map(cell(plainPhone))).toEqual(Array(4).fill(PHONE_TEXT));
    expect(['', '0', '000', '+225', '07 07', '07/', '07:'].map(cell(plainPhone))).toEqual(Array(7).fill(NOT_PLAIN));
  });

  it('is trimmed where neither of its ends is a blank, or may be one', () => {
    expect(['', 'a', 'a b', '!', '~', 'a é a'].map(cell(isTrimmed))).toEqual(Array(6).fill(true));
    expect([' ', ' a', 'a ', '\ta', 'a\u00a0', '\u007fa', 'é', 'aé'].map(cell(isTrimmed))).toEqual(Array(8).fill(false));
  });

  it('is no reference where its text is none', () => {
    const texts = ['', '-', 'NULL', 'null', 'Null', 'nuLL', 'x', '--', 'NUL', 'NULLS', 'NUL1', 'NUxL', 'NxLL', 'xULL', 'PP1'];
    expect(texts.map(cell(isNoReference))).toEqual(texts.map((text) => reference(text) === undefined));
  });

  it('is a text where it is that one to the last byte', () => {
    const isSucces = cell((bytes, start, end) => isText(bytes, start, end, utf8.encode('SUCCES')));
    expect(['SUCCES', 'SUCCESS', 'SUCCE', 'succes', 'SUCCEZ', ''].map(isSucces)).toEqual([true, false, false, false, false, false]);
  });

  it('has digits at a place', () => {
    const bytes = utf8.encode('a2026-0/0:');
    expect([plainDigits(bytes, 1, 4), plainDigits(bytes, 2, 1), plainDigits(bytes, 1, 5), plainDigits(bytes, 0, 2), plainDigits(bytes, 6, 2), plainDigits(bytes, 8, 2)]).toEqual([
      2_026,
      0,
      NOT_PLAIN,
      NOT_PLAIN,
      NOT_PLAIN,
      NOT_PLAIN,
    ]);
    expect(plainDigits(utf8.encode('90'), 0, 2)).toBe(90);
  });
});
