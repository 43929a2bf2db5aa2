import * as z from 'zod';
import { noticeChannels } from './notice-channels.ts';
import { validationRules } from './validation-rules.ts';

const days = z.int().positive();

const stageSettings = z.strictObject({
  /** Whether the stage holds data that must outlive a deleted stack. */
  deployed: z.boolean(),
  /** Whether taches, their details and profiles are read without a token, as the seed has it. */
  openReads: z.boolean(),
  /** Whether client applications are registered and listed without a token, as the seed has it. */
  openRegistration: z.boolean(),
  /** The group of whoever registers by himself: with `aucun` he can sign in, and may do nothing until an administrator gives him a group. */
  selfRegisteredGroup: z.enum(['aucun', 'agent']),
  validation: validationRules,
  notices: noticeChannels,
  /** Whether tables and statements are encrypted with a key of the account, which can be audited and taken away; costs about 1 USD a month and key calls. */
  customerKeys: z.boolean(),
  /** Whether requests are traced with X-Ray. */
  tracing: z.boolean(),
  /** One of the values that CloudWatch Logs knows. */
  logRetentionDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]),
  retentionDays: z.strictObject({
    statements: days,
    results: days,
    drops: days,
    /** Exceptions in the table; the tache, its figures and its journal stay. */
    details: days,
    /** How long a replaced or deleted object can still be brought back. */
    oldVersions: days,
  }),
  /** Of the whole API. */
  throttling: z.strictObject({ requestsPerSecond: z.int().positive(), burst: z.int().positive() }),
  /** Who is written to when an alarm goes off; nobody where absent. */
  alarmEmail: z.email().optional(),
});

/** The settings of a stage, and its name. */
export type Stage = Readonly<z.infer<typeof stageSettings>> & { readonly name: string };

/** Part of names of resources. */
const stageName = z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'a stage name is 2 to 12 lower-case letters and digits');
const stagesByName = z.record(stageName, stageSettings);

/**
 * Finds a stage among the `stages` of cdk.json.
 * @throws Error naming the wrong setting, or the stages that exist.
 */
export function readStage(stages: unknown, name: string): Stage {
  const parsed = stagesByName.safeParse(stages);
  if (!parsed.success) throw new Error(`wrong stage settings in cdk.json:\n${z.prettifyError(parsed.error)}`);
  const settings = parsed.data[name];
  if (settings === undefined) throw new Error(`unknown stage "${name}"; cdk.json has: ${Object.keys(parsed.data).join(', ')}`);
  return { ...settings, name };
}
