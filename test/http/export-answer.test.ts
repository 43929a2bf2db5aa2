import { describe, expect, it } from 'vitest';
import { answerExport } from '../../lib/http/export-answer.ts';

const READY = { kind: 'ready', url: 'https://bucket.test/exports/1/x.xlsx?X-Amz-Signature=1', fileName: 'rapprochement-1-OMCI.xlsx' } as const;
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PROGRAM = { accept: '*/*' };

describe('an export that is ready', () => {
  it('is a link for programs', () => {
    expect(answerExport(PROGRAM, READY, false)).toMatchObject({ status: 200, body: { url: READY.url, expires_in: 900, fileName: READY.fileName } });
  });

  it('leads browsers, and whoever asks to be led, straight to the file', () => {
    for (const answer of [answerExport(BROWSER, READY, false), answerExport(PROGRAM, READY, true)])
      expect(answer).toMatchObject({ status: 303, headers: { location: READY.url }, text: '' });
  });
});

describe('an export that is being made', () => {
  it('tells programs when to ask again', () => {
    expect(answerExport(PROGRAM, { kind: 'in-the-making' }, true)).toMatchObject({ status: 202, headers: { 'retry-after': '5' }, body: { retry_after: 5 } });
  });

  it('is a page for browsers that asks again by itself', () => {
    expect(answerExport(BROWSER, { kind: 'in-the-making' }, false)).toMatchObject({
      status: 202,
      headers: { refresh: '5', 'retry-after': '5', 'content-type': 'text/html; charset=utf-8' },
    });
  });
});
