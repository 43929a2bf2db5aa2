import * as z from 'zod';
import { arn } from '../aws-identity.ts';
import type { LocalFunction } from '../lambda/local-function.ts';
import type { Activity, LocalServices } from '../local-services.ts';
import { generatedName } from '../physical-name.ts';
import { givenName, type ResourceType, readProperties, withoutLocalMeaning } from '../template/declared-resource.ts';
import { settledWithin } from '../time-limit.ts';
import { rateInterval } from './schedule.ts';

const Rule = z.strictObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string('only rules with a schedule are supported'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(z.strictObject({ Arn: z.string(), Id: z.string(), Input: z.string().optional(), RetryPolicy: withoutLocalMeaning })).default([]),
  Description: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
});

export const eventsRule: ResourceType<LocalServices> = {
  physicalId: (resource) => givenName(resource, 'Name') ?? generatedName(resource.stackName, resource.logicalId, 64),
  attributes: { Arn: ({ physicalId }, { identity }) => arn(identity, 'events', `rule/${physicalId}`) },
  provision(resource, { functions, identity, activities }) {
    const rule = readProperties(Rule, resource);
    const milliseconds = rateInterval(rule.ScheduleExpression);
    const targets = rule.Targets.map((target) => {
      const invoked = functions.get(target.Arn);
      if (invoked === undefined) throw new Error(`${resource.logicalId}: there is no function ${target.Arn}`);
      return { invoked, input: target.Input };
    });
    if (rule.State === 'DISABLED') return;
    const ruleArn = arn(identity, 'events', `rule/${resource.physicalId}`);
    for (const { invoked, input } of targets) {
      activities.push(() => repeat(milliseconds, invoked, () => input ?? scheduledEvent(ruleArn, identity.account, identity.region)));
    }
  },
};

function repeat(milliseconds: number, target: LocalFunction, event: () => string): Activity {
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    last = target.invoke(event());
  }, milliseconds);
  return {
    async stop(graceMs) {
      clearInterval(timer);
      await settledWithin(graceMs, [last]);
    },
  };
}

function scheduledEvent(ruleArn: string, account: string, region: string): string {
  const event = { version: '0', id: crypto.randomUUID(), 'detail-type': 'Scheduled Event', source: 'aws.events', account, region };
  return JSON.stringify({ ...event, time: `${new Date().toISOString().slice(0, 19)}Z`, resources: [ruleArn], detail: {} });
}
