import { describe, expect, it } from 'vitest';
import { wantsHtml } from '../../lib/http/negotiation.ts';

describe('a page rather than JSON', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
    'TEXT/HTML;Q=0.7',
    'text/html, application/json',
    'application/json;q=0.5, text/html;q=0.6',
    'text/html;level=1',
  ])('is what %s asks for', (accept) => {
    expect(wantsHtml({ accept })).toBe(true);
  });

  it.each(['', '*/*', 'application/json', 'application/json, text/html', 'text/*', 'text/html;q=0', 'text/html;q=0.5, application/json', 'text/html;q=x', 'text/htmlx'])(
    'is not what %j asks for',
    (accept) => {
      expect(wantsHtml({ accept })).toBe(false);
    },
  );
});
