import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../lib/log/log.ts';
import { adoptCorrelationId, correlationId, inWork, readCorrelationId } from '../../lib/log/work.ts';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const OTHER = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

let lines: unknown[] = [];
beforeEach(() => {
  lines = [];
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'INFO');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(JSON.parse(String(text))) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a line', () => {
  it('is one JSON object with its moment, level, message and fields', () => {
    log('WARN', 'slow', { milliseconds: 12, route: 'GET /x' });
    expect(lines).toEqual([{ timestamp: expect.stringMatching(/^\d{4}-.*Z$/u), level: 'WARN', message: 'slow', milliseconds: 12, route: 'GET /x' }]);
  });

  it('carries the ids of the work in which it is written, through every await', async () => {
    await inWork(UUID, 'r1', async () => {
      await Promise.resolve();
      log('INFO', 'done');
    });
    expect(lines).toMatchObject([{ correlationId: UUID, requestId: 'r1' }]);
  });

  it('of one work never carries the ids of another that runs at the same time', async () => {
    const work = async (id: string) => {
      await Promise.resolve();
      log('INFO', id);
    };
    await Promise.all([inWork(UUID, 'r1', () => work(UUID)), inWork(OTHER, 'r2', () => work(OTHER))]);
    expect(lines).toMatchObject([
      { message: UUID, correlationId: UUID },
      { message: OTHER, correlationId: OTHER },
    ]);
  });

  it('masks what looks like a phone number in a field', () => {
    log('INFO', 'x', { text: '0701020304' });
    expect(lines).toMatchObject([{ text: '••••04' }]);
  });

  it('below the level of the function is not written', () => {
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'ERROR');
    log('INFO', 'x');
    log('ERROR', 'y');
    expect(lines).toMatchObject([{ message: 'y' }]);
  });
});

describe('a correlation id', () => {
  it('is a UUID or a trace id, and nothing else that a caller may send', () => {
    expect(readCorrelationId(UUID.toUpperCase())).toBe(UUID);
    expect(readCorrelationId('4bf92f3577b34da6a3ce929d0e0e4736')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    for (const text of ['', '0701020304', 'Aminata', `${UUID}\nx`, undefined]) expect(readCorrelationId(text)).toBeUndefined();
  });

  it('that comes with what is worked on takes the place of the one that the work began with', () => {
    inWork(UUID, 'r1', () => {
      adoptCorrelationId('not one');
      expect(correlationId()).toBe(UUID);
      adoptCorrelationId(OTHER);
      expect(correlationId()).toBe(OTHER);
    });
    expect(correlationId()).toBeUndefined();
  });
});
