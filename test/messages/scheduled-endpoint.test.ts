import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogFields } from '../../lib/log/log.ts';
import { scheduledEndpoint } from '../../lib/messages/scheduled-endpoint.ts';

let logged: string[] = [];
beforeEach(() => {
  logged = [];
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'INFO');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const call = (work: (at: string) => Promise<LogFields>, event: unknown) => scheduledEndpoint('the work', work)(event, { awsRequestId: 'invocation' });

describe('what the clock calls', () => {
  it('is told for when it is called, and says what it did', async () => {
    const moments: string[] = [];
    await call(
      async (at) => {
        moments.push(at);
        return { resumed: 3 };
      },
      { time: '2026-03-08T12:00:00Z', source: 'aws.events' },
    );
    expect(moments).toEqual(['2026-03-08T12:00:00Z']);
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ message: 'the work', resumed: 3, correlationId: 'invocation' });
  });

  it.each([{}, null, 'now', { time: 'tomorrow' }, { time: 1 }])('is told the present where the event %j names no moment', async (event) => {
    const before = Date.now();
    let told = Number.NaN;
    await call(async (at) => {
      told = Date.parse(at);
      return {};
    }, event);
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  it('fails where its work does, says why in the log and nothing to Lambda', async () => {
    const work = async () => {
      throw new Error('the table refuses');
    };
    await expect(call(work, {})).rejects.toThrow('the work failed');
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'ERROR', message: 'the work failed' });
    expect(logged.join('')).toContain('the table refuses');
  });
});
