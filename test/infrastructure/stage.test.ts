import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PROJECT } from '../../lib/infrastructure/app.ts';
import { readStage } from '../../lib/stage.ts';

const cdkJson = z.object({ context: z.object({ stage: z.string(), stages: z.record(z.string(), z.record(z.string(), z.unknown())) }) });
const { stage, stages } = cdkJson.parse(JSON.parse(readFileSync(join(PROJECT.root, 'cdk.json'), 'utf8'))).context;

const withLocal = (change: Readonly<Record<string, unknown>>) => ({ ...stages, local: { ...stages['local'], ...change } });

describe('the settings of a stage', () => {
  it('are those of the local stage unless another one is named', () => {
    expect(stage).toBe('local');
  });

  it('open the local stage exactly as the seed is', () => {
    expect(readStage(stages, 'local')).toMatchObject({ deployed: false, openReads: true, openRegistration: true });
  });

  it.each(Object.keys(stages).filter((name) => name !== 'local'))('close %s: who registers himself may do nothing yet', (name) => {
    expect(readStage(stages, name)).toMatchObject({ deployed: true, openReads: false, openRegistration: false, selfRegisteredGroup: 'aucun' });
  });

  it('let one person do everything in the local stage, and ask for four eyes and for two people above a sum elsewhere', () => {
    expect(readStage(stages, 'local').validation).toEqual({ fourEyes: false, twoValidatorsAbove: {} });
    for (const name of Object.keys(stages).filter((one) => one !== 'local')) {
      const { fourEyes, twoValidatorsAbove } = readStage(stages, name).validation;
      expect([fourEyes, Object.keys(twoValidatorsAbove).sort()], name).toEqual([true, ['CDF', 'GNF', 'USD', 'XAF', 'XOF']]);
    }
    for (const twoValidatorsAbove of [{ EUR: 1 }, { XOF: -1 }, { XOF: 1.5 }]) {
      expect(() => readStage(withLocal({ validation: { fourEyes: true, twoValidatorsAbove } }), 'local')).toThrow(/twoValidatorsAbove/);
    }
  });

  it('tell by e-mail and SMS here, where nothing leaves the machine, and elsewhere only once somebody has said from where', () => {
    expect(readStage(stages, 'local').notices).toEqual({ mailFrom: 'rapprochement@example.com', sms: true, localWebhooks: true });
    for (const name of Object.keys(stages).filter((one) => one !== 'local')) expect(readStage(stages, name).notices, name).toEqual({ sms: false, localWebhooks: false });
    expect(() => readStage(withLocal({ notices: { mailFrom: 'nobody', sms: true, localWebhooks: true } }), 'local')).toThrow(/mailFrom/);
  });

  it('are refused where one is not known, with its name', () => {
    expect(() => readStage(withLocal({ openReeds: true }), 'local')).toThrow(/openReeds/);
  });

  it('are refused where one is missing, even of another stage', () => {
    expect(() => readStage(withLocal({ openReads: undefined }), 'production')).toThrow(/openReads/);
  });

  it('are refused where logs would be kept for a time that CloudWatch does not know', () => {
    expect(() => readStage(withLocal({ logRetentionDays: 42 }), 'local')).toThrow(/logRetentionDays/);
  });

  it('are refused for a name that no stage has, with the names there are', () => {
    expect(() => readStage(stages, 'prod')).toThrow('unknown stage "prod"; cdk.json has: local, staging, production');
  });

  it('may name who is written to by alarms', () => {
    expect(readStage(withLocal({ alarmEmail: 'alarmes@example.com' }), 'local').alarmEmail).toBe('alarmes@example.com');
    expect(() => readStage(withLocal({ alarmEmail: 'somebody' }), 'local')).toThrow(/alarmEmail/);
  });
});
