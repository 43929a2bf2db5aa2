import { describe, expect, it } from 'vitest';
import { detailFilter, detailsQuery } from '../../lib/http/schemas/details.ts';

const filterOf = (query: Readonly<Record<string, string>>) => detailFilter(detailsQuery.parse(query));

describe('the filters of details', () => {
  it('are classes by their wire names, phone, payid and a range of amounts', () => {
    expect(filterOf({ classe: 'doublon_operateur,absent_operateur', telephone: '+225 07 07 12 34 56', payid: ' PP1 ', montantMin: '12,50', montantMax: '5 000' })).toEqual({
      classes: ['statementDuplicates', 'absent'],
      phone: '+225 07 07 12 34 56',
      payid: 'PP1',
      least: '12,50',
      most: '5 000',
    });
  });

  it('that are empty or absent filter nothing', () => {
    const nothing = { classes: undefined, phone: undefined, payid: undefined, least: undefined, most: undefined };
    expect([filterOf({}), filterOf({ classe: '', telephone: '', payid: '', montantMin: '', montantMax: '' })]).toEqual([nothing, nothing]);
  });

  it.each([{ classe: 'rapproche' }, { classe: 'absent_operateur,' }, { telephone: '12345' }, { telephone: 'abc' }, { montantMin: 'beaucoup' }, { montantMax: '1,234.567' }])(
    'such as %j are refused, in French, at their field',
    (query) => {
      const result = detailsQuery.safeParse(query);
      expect(result.error?.issues.map(({ path }) => path[0])).toEqual(Object.keys(query));
    },
  );
});
