import { afterEach, describe, expect, it, vi } from 'vitest';
import { rateInterval } from '../../lib/local/events/schedule.ts';
import { eventually, functionResource, startSmallCloud, stopAndRemove } from './small-assembly.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('%s is a number of milliseconds', (expression, milliseconds) => {
    expect(rateInterval(expression)).toBe(milliseconds);
  });

  it.each(['rate(0 minutes)', 'rate(5 weeks)', 'rate(minute)', 'cron(0 4 * * ? *)', ''])('%s is refused', (expression) => {
    expect(() => rateInterval(expression)).toThrow('is not supported');
  });
});

it('calls its function at every turn, with what the rule says or an event of the schedule', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const rule = (target: object, properties: object = {}) => ({
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(5 minutes)', Targets: [{ Id: 'one', Arn: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...target }], ...properties },
  });
  const running = await startSmallCloud({
    resources: {
      Function: functionResource('record'),
      Plain: rule({}, { Name: 'plain' }),
      Said: rule({ Input: '{"said":true}' }),
      Off: rule({ Input: '{"off":true}' }, { State: 'DISABLED' }),
    },
    functions: { record: 'export const handler = async (event) => console.log(JSON.stringify(event));' },
  });
  const lines = () => running.events.flatMap((event) => (event.kind === 'log' ? [JSON.parse(event.line)] : []));
  vi.advanceTimersByTime(299_999);
  expect(running.events).toEqual([]);
  vi.advanceTimersByTime(1);
  await eventually(() => (lines().length === 2 ? true : undefined));
  expect(lines()).toEqual(
    expect.arrayContaining([
      { said: true },
      expect.objectContaining({ 'detail-type': 'Scheduled Event', source: 'aws.events', resources: ['arn:aws:events:eu-west-1:000000000000:rule/plain'] }),
    ]),
  );
  await stopAndRemove(running);
});
