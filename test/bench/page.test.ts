import { describe, expect, it } from 'vitest';
import { pageWith } from './page.ts';

const NAMES = ['match', 'csv', 'xlsx'];
const EMPTY = 'Text\n\n<!-- figures -->\n<!-- end of figures -->\nMore\n';

describe('the page of figures', () => {
  const first = pageWith(
    EMPTY,
    new Map([
      ['csv', '### csv one\n'],
      ['match', '### match one\n'],
    ]),
    NAMES,
  );

  it('has the cases that were measured, in their order, between the text around them', () => {
    expect(first).toBe(
      'Text\n\n<!-- figures -->\n\n<!-- match -->\n### match one\n<!-- end of match -->\n\n<!-- csv -->\n### csv one\n<!-- end of csv -->\n\n<!-- end of figures -->\nMore\n',
    );
  });

  it('keeps the figures of a case that was not measured again', () => {
    const second = pageWith(first, new Map([['csv', '### csv two\n']]), NAMES);
    expect(second).toBe(first.replace('csv one', 'csv two'));
    expect(pageWith(second, new Map(), NAMES)).toBe(second);
  });

  it('takes in a case that has never been measured', () => {
    expect(pageWith(first, new Map([['xlsx', '### xlsx']]), NAMES)).toContain('<!-- end of csv -->\n\n<!-- xlsx -->\n### xlsx\n<!-- end of xlsx -->\n\n<!-- end of figures -->');
  });

  it('is not written where it has no place for figures', () => {
    expect(() => pageWith('Text', new Map(), NAMES)).toThrow('no place');
  });
});
