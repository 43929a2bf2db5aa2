import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { isTimeZone, patternFault } from '../../lib/core/date-pattern.ts';

describe('the pattern of a moment', () => {
  it.each(OPERATORS.map((operator) => [operator.code, operator.layout.moment] as const))('of %s is sound', (_code, moment) => {
    const faults = moment.kind === 'one-column' ? [patternFault(moment.pattern, 'moment')] : [patternFault(moment.datePattern, 'date'), patternFault(moment.timePattern, 'time')];
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  it.each([
    ['dd/MM/yyyy hh:mm:ss', 'moment', /Une heure de 1 à 12/u],
    ['dd/MM/yyyy HH:mm a', 'moment', /Une heure de 1 à 12/u],
    ['dd/MM/yyyy HH:mm h a', 'moment', /donne l'heure deux fois/u],
    ['dd/MM/yyyy HH:mm EEE', 'moment', /« E » n'est pas reconnu/u],
    ['dd/MM/yyyyTHH:mm', 'moment', /« T » n'est pas reconnu/u],
    ["dd/MM/yyyy'T HH:mm", 'moment', /« ' » n'est pas reconnu/u],
    ['yyyy-MM-dd XXX', 'date', /se met dans le motif de l'heure/u],
    [`dd/MM/yyyy HH:mm${'-'.repeat(49)}`, 'moment', /au plus 64/u],
    ['dd/MM/yyyy', 'moment', /Il manque au motif : HH, mm/u],
    ['dd/MM HH:mm', 'moment', /Il manque au motif : yyyy ou yy/u],
    ['dd/dd/yyyy', 'date', /« dd » figure deux fois/u],
    ['yyyy yy/MM/dd', 'date', /« yy » figure deux fois/u],
    ['dd MMM MM yyyy', 'date', /« MM » figure deux fois/u],
    ['HH:ss', 'time', /Il manque au motif : mm/u],
    ['dd HH:mm', 'time', /« dd » n'a pas sa place/u],
    ['MM HH:mm', 'time', /« MM » n'a pas sa place/u],
    ['HH:mm yyyy', 'time', /« yyyy » n'a pas sa place/u],
    ['', 'date', /Il manque au motif/u],
  ] as const)('%s for a %s is refused: %s', (pattern, purpose, reason) => {
    expect(patternFault(pattern, purpose)).toMatch(reason);
  });

  it('may have sixty-four characters', () => {
    expect(patternFault(`dd/MM/yyyy HH:mm${'-'.repeat(48)}`, 'moment')).toBeUndefined();
  });

  it('may leave the seconds out', () => {
    expect(patternFault('yy-MM-dd HH:mm', 'moment')).toBeUndefined();
    expect(patternFault('HH:mm', 'time')).toBeUndefined();
  });

  it.each(["yyyy-MM-dd'T'HH:mm:ssXXX", 'd MMM yyyy, h:mm:ss a', 'dd/MM/yy HH:mm:ss.SSS', "dd MMMM yyyy 'à' HH:mm"])('may be %s', (pattern) => {
    expect(patternFault(pattern, 'moment')).toBeUndefined();
  });
});

describe('a time zone', () => {
  it.each([...new Set(OPERATORS.map(({ timeZone }) => timeZone)), 'UTC', 'America/Argentina/Buenos_Aires'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['Abidjan', 'Africa/Abidjann', '+01:00', 'GMT+1', '', 'africa/abidjan', 'Africa/Abidjan '])('"%s" is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
