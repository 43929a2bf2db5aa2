import { describe, expect, it } from 'vitest';
import type { Tache } from '../../lib/core/tache.ts';
import { mailNotice } from '../../lib/exports/notices/mail-notice.ts';
import type { NoticeSubject } from '../../lib/exports/notices/notice-subject.ts';
import { smsNotice } from '../../lib/exports/notices/sms-notice.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { aTache } from '../use-cases/a-tache.ts';

const TOTALS = { operatorAmount: 8_984_000, ledgerAmount: 8_000_000, amountDifference: 984_000, operatorCount: 720, ledgerCount: 700, countDifference: 20 };

function subject(changes: Partial<Tache> = {}, operatorName = 'Orange CI', state: NoticeSubject['tache']['state'] = 'ATTENTE'): NoticeSubject {
  const outcome = state === 'ECHEC' ? {} : { outcome: anOutcome({}, { totals: TOTALS }) };
  return { tache: { ...aTache({ ...outcome, ...changes }), state }, operatorName, timeZone: 'Africa/Abidjan', madeAt: '2026-03-08T06:00:00.000000Z' };
}

describe('the e-mail of a notice', () => {
  it('tells the six figures, the bridge and its residual, as text and as HTML', () => {
    const { subject: title, text, html } = mailNotice(subject());
    expect(title).toBe('Rapprochement n° 1 à valider : Orange CI');
    for (const shown of [text, html].map((one) => one.replaceAll('\u00a0', ' '))) {
      for (const figure of ['8 984 000', '8 000 000', '984 000', '720', '700', '20']) expect(shown).toContain(figure);
      expect(shown).toContain('Résidu');
    }
  });

  it('tells the figures after a validation, and of a failure why', () => {
    const after = { ...TOTALS, ledgerAmount: 8_984_000, amountDifference: 0, ledgerCount: 720, countDifference: 0 };
    const result = { totals: after, reconciled: 20, notReconciled: 0, conflicts: 0, finishedAt: '2026-03-08T06:00:00.000000Z' };
    const validated = mailNotice(
      subject(
        { validation: { by: 'chef', at: '2026-03-08T06:00:00.000000Z', excluded: [], firstVisa: { by: 'binta', at: '2026-03-08T05:00:00.000000Z' }, result } },
        'Orange CI',
        'TERMINEE',
      ),
    );
    expect([validated.subject, validated.text]).toEqual([expect.stringContaining('validé'), expect.stringContaining('Totaux après validation')]);
    expect(validated.text).toContain('Premier visa : le 08/03/2026 à 05:00:00, de binta');
    const failure = mailNotice(subject({ description: 'Le fichier est illisible.' }, 'Orange CI', 'ECHEC'));
    expect([failure.subject, failure.text, failure.html]).toEqual([
      expect.stringContaining('en échec'),
      expect.stringContaining('illisible'),
      expect.stringContaining('illisible'),
    ]);
  });

  it('cannot be made to have another header: line breaks of whatever kind are blanks in its subject', () => {
    for (const breaking of ['\r\n', '\n', '\r', '\u2028', '\u0085', '\u0000', '\v']) {
      const { subject: title } = mailNotice(subject({}, `Orange${breaking}Bcc: autre@example.com`));
      expect(title).toBe('Rapprochement n° 1 à valider : Orange Bcc: autre@example.com');
    }
    expect(mailNotice(subject({}, 'x'.repeat(5_000))).subject.length).toBeLessThanOrEqual(150);
  });

  it('shows whatever comes from outside as text: no tag, no attribute of a stranger', () => {
    const { html } = mailNotice(subject({ fileName: '<img src=x onerror="alert(1)">.csv', owner: "<b>'awa'</b>", description: '<script>' }, '<a href="//x">&'));
    expect(html).not.toMatch(/<(?:img|script|a |b>)/u);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;.csv');
  });
});

describe('the SMS of a notice', () => {
  it('tells the totals in one message', () => {
    expect(smsNotice(subject())).toBe("Rapprochement 1 (OMCI) à valider : 8 984 000 - 8 000 000 = 984 000 XOF, 20 ligne(s) d'écart");
  });

  it('is never longer than one, and shows no number of a person', () => {
    const text = smsNotice(subject({ description: `Ligne 3 : +225 07 00 00 00 12 illisible, 0700000034 aussi. ${'x'.repeat(400)}` }, 'Orange CI', 'ECHEC'));
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toContain('****12 illisible, ****34 aussi');
    expect(text).not.toMatch(/\d{8}/u);
  });
});
