import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAGES, templateOf } from '../infrastructure/synthesized.ts';
import { CHANNELS, CLOSED_STAGE, type ClosedCloud, startClosedCloud } from './closed-cloud.ts';
import { covers, type Permission, permissionsOf } from './permissions.ts';
import { useEverything } from './whole-run.ts';

const granted = permissionsOf(templateOf(CLOSED_STAGE, CHANNELS), CLOSED_STAGE);
let closed: ClosedCloud | undefined;
let used: readonly Permission[] = [];

/** What SES asks for by the sender's address. */
const IDENTITY = 'arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity';

/** The calls of the functions, in the template's words. */
function usedPermissions({ cloud, recorder }: ClosedCloud): readonly Permission[] {
  const logicalIds = new Map(cloud.resources.map(({ physicalId, logicalId }) => [physicalId.split('/').at(-1) ?? '', logicalId]));
  return recorder.calls().map(({ fn, action, resource }) => {
    const [name = '', ...key] = (action === 'ses:SendEmail' ? `${IDENTITY}/${resource}` : resource).split('/');
    return { fn: fn.replace(`reconciliation-${CLOSED_STAGE}-`, ''), action, resource: [logicalIds.get(name) ?? name, ...key].join('/') };
  });
}

/** What a run on one machine cannot use, and why the function is to be allowed it. */
const UNSEEN: readonly { readonly actions: readonly string[]; readonly of?: (permission: Permission) => boolean; readonly why: string }[] = [
  { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], why: 'Lambda writes the log with the role of the function; here its lines are read from the process.' },
  { actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], why: 'Lambda sends the traces with the role of the function; here nothing is traced.' },
  {
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    of: isConsumer,
    why: 'Lambda polls the queue with the role of the function; here the event source does, outside of it.',
  },
  {
    actions: ['ses:SendEmail'],
    of: ({ resource }) => resource === `${IDENTITY}/${CHANNELS.mailFrom.split('@')[1]}`,
    why: 'SES asks for the identity that it has verified: where that is the domain, it asks for it instead of the address.',
  },
  { actions: ['s3:ListBucket'], why: 'No call: without it S3 answers 403 instead of 404 for an object that is gone.' },
];

const text = ({ fn, action, resource }: Permission) => `${fn}: ${action} ${resource}`;
const allows = (permission: Permission, call: Permission) => permission.fn === call.fn && permission.action === call.action && covers(permission.resource, call.resource);
const isSeen = (permission: Permission) => !UNSEEN.some(({ actions, of = () => true }) => actions.includes(permission.action) && of(permission));

/** Lambda looks into the queue for the function that works on it; any other function looks itself. */
function isConsumer({ fn, resource }: Permission): boolean {
  return granted.some((other) => other.fn === fn && other.resource === resource && other.action === 'sqs:ReceiveMessage');
}

beforeAll(async () => {
  closed = await startClosedCloud();
  await useEverything(closed);
  used = usedPermissions(closed);
}, 600_000);

afterAll(() => closed?.stop());

describe('the permissions of each function', () => {
  it('are all used in a run that uses everything', () => {
    const unused = granted.filter((permission) => isSeen(permission) && !used.some((call) => allows(permission, call)));
    expect(unused.map(text)).toEqual([]);
  });

  it('allow each call of that run', () => {
    const refused = used.filter((call) => !granted.some((permission) => allows(permission, call)));
    expect(refused.map(text)).toEqual([]);
  });

  it('were seen of every function that has any', () => {
    const functions = new Set(granted.filter(isSeen).map(({ fn }) => fn));
    expect([...functions].filter((fn) => !used.some((call) => call.fn === fn))).toEqual([]);
    expect(functions.size).toBeGreaterThan(30);
  });

  it('have a wildcard nowhere but at the end of a folder of the bucket, for X-Ray, which has no resources, and in what SMS may not go to', () => {
    const wild = granted.filter(({ action, resource }) => action.includes('*') || resource.includes('*') || resource.startsWith('not '));
    expect(
      wild
        .filter(({ action, resource }) => !(/^s3:[A-Za-z]+$/u.test(action) && /^[^*]+\/[a-z]+\/\*$/u.test(resource)) && !(action.startsWith('xray:') && resource === '*'))
        .filter(({ action, resource }) => !(action === 'sns:Publish' && resource === 'not arn:AWS::Partition:sns:*:*:*'))
        .map(text),
    ).toEqual([]);
  });

  it('that the run cannot use are needed by what stands in for Lambda and S3 here, and by nothing else', () => {
    expect(used.filter((call) => !isSeen(call)).map(text)).toEqual([]);
    for (const { actions, why } of UNSEEN) {
      expect(granted.some(({ action }) => actions.includes(action))).toBe(true);
      expect(why).toMatch(/\.$/u);
    }
  });
});

/** What a stage's settings alone add to, or take from, what was seen. */
const OF_A_SETTING = ['kms:', 'xray:', 'cognito-idp:AdminAddUserToGroup', 'ses:', 'sns:'];

describe.each(STAGES.filter((stage) => stage !== CLOSED_STAGE))('the permissions in %s', (stage) => {
  it('are those that were seen to be used, but for the key, the traces, the group of whoever registers and the channels of notices', () => {
    const common = (permissions: readonly Permission[]) =>
      permissions
        .filter(({ action }) => !OF_A_SETTING.some((prefix) => action.startsWith(prefix)))
        .map(text)
        .sort();
    expect(common(permissionsOf(templateOf(stage), stage))).toEqual(common(granted));
  });
});
