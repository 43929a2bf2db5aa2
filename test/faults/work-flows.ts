import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { byTheClock } from './clock-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import type { Flow, Stage } from './flow.ts';
import { observe, tachesOf } from './observed.ts';
import { workIsDone } from './queues.ts';
import { importLedger, keepStatement, tacheWaits } from './statement-flows.ts';
import { operatorCode, operatorOf, type World } from './world.ts';

const unexplained = z.looseObject({ not_correspondent: z.array(z.object({ id: z.int(), amount: z.string() })) });
const link = z.object({ url: z.url() });

const tacheId = ({ kept }: Stage) => Number(kept.get('tache'));

/** A tache that waits, whose number is known beforehand: to look for it is one of the calls that are disturbed. */
async function keptTache(stage: Stage): Promise<void> {
  await tacheWaits(stage);
  stage.kept.set('tache', String((await tachesOf(stage.cloud, stage.at))[0]?.id));
}
const keyOf = (id: number) => marshall({ pk: 'tache', sk: String(id).padStart(12, '0') });

/** Asks until the export is there, as a browser does that is told to come again. */
async function fetched(stage: Stage, format: string): Promise<string> {
  const path = `/taches/${tacheId(stage)}/export?format=${format}`;
  const answer = await stage.ask('GET', path, { token: stage.agent });
  await workIsDone(stage.cloud);
  const ready = answer.status === 202 ? await stage.ask('GET', path, { token: stage.agent }) : answer;
  const response = await fetch(link.parse(ready.body).url);
  if (!response.ok) throw new Error(`the export is not there: ${response.status}`);
  return format === 'csv' ? (await response.text()).replaceAll(stage.at.tag, '<tag>').replaceAll(stage.at.day, '<day>') : '';
}

/** Its content, and that there is one file of it. */
async function exportState(stage: Stage): Promise<string> {
  const { Contents = [] } = await stage.cloud.s3.send(new ListObjectsV2Command({ Bucket: stage.cloud.bucket, Prefix: `exports/${tacheId(stage)}/` }));
  const content = stage.kept.get('content') ?? '';
  return `${Contents.length} ${content.replaceAll(/\d{7,}|rapprochement-\d+|tache;\d+/gu, '<n>')}`;
}

const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString().replace('Z', '000Z');

/** A tache on which nobody has worked for an hour. */
async function putStalled({ dynamodb, registryTable }: FaultCloud, id: number, at: World, state: string, source: object): Promise<void> {
  const moment = anHourAgo();
  const tache = {
    id,
    createdAt: moment,
    updatedAt: moment,
    state,
    owner: 'agent-local',
    fileName: `${at.tag}.json`,
    description: '',
    operatorCode: operatorCode(at),
    operatorId: operatorOf(at).id,
    currency: 'XOF',
    bounds: {},
    source,
  };
  await dynamodb.send(new PutItemCommand({ TableName: registryTable, Item: { ...marshall(tache), ...keyOf(id) } }));
}

/** As if nothing had happened to a tache for an hour. */
async function letTimePass({ dynamodb, registryTable }: FaultCloud, id: number): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({ TableName: registryTable, Key: keyOf(id), UpdateExpression: 'SET updatedAt = :then', ExpressionAttributeValues: marshall({ ':then': anHourAgo() }) }),
  );
}

/** What people and the clock do with taches that have a result, or should have one. */
export const WORK_FLOWS: readonly Flow[] = [
  {
    name: 'what is read of a tache',
    covers: ['taches-list-taches', 'taches-get-tache', 'taches-get-tache-details', 'taches-get-journal'],
    shared: true,
    prepare: keptTache,
    async act(stage) {
      const id = tacheId(stage);
      for (const path of [`/taches/?fileName__icontains=${stage.at.tag}`, `/taches/${id}`, `/details_taches/${id}`, `/taches/${id}/journal`])
        await stage.ask('GET', path, { token: stage.agent });
    },
    observe,
  },
  {
    name: 'rows that are worked on by hand',
    covers: ['taches-work-by-hand'],
    prepare: keptTache,
    async act(stage) {
      const id = tacheId(stage);
      const { body } = await stage.ask('GET', `/details_taches/${id}`, { token: stage.agent });
      const [row] = unexplained.parse(body).not_correspondent;
      const work = (json: object) => stage.ask('POST', `/taches/${id}/ecarts/${row?.id}`, { token: stage.agent, json });
      await work({ action: 'commenter', motif: 'vu au guichet' });
      await work({ action: 'ecarter', motif: 'payé en espèces' });
    },
    observe,
  },
  {
    name: 'an export that is made within the answer',
    covers: ['taches-export-tache'],
    shared: true,
    prepare: keptTache,
    act: async (stage) => void stage.kept.set('content', await fetched(stage, 'csv')),
    observe: exportState,
  },
  {
    name: 'a statement to sign',
    covers: ['taches-export-tache'],
    shared: true,
    prepare: keptTache,
    act: async (stage) => void (await fetched(stage, 'pdf')),
    observe: exportState,
  },
  {
    name: 'an export that is ordered',
    covers: ['taches-export-tache', 'taches-make-export'],
    shared: true,
    // Ordered, its answer lost: it may be there by the time it is asked for again.
    done: [200, 202],
    async prepare(stage) {
      await keptTache(stage);
      // So many rows that it is not made within an answer.
      await stage.cloud.dynamodb.send(
        new UpdateItemCommand({
          TableName: stage.cloud.registryTable,
          Key: keyOf(tacheId(stage)),
          UpdateExpression: 'SET outcome.counts.#read = :many',
          ExpressionAttributeNames: { '#read': 'read' },
          ExpressionAttributeValues: { ':many': { N: '1000000' } },
        }),
      );
    },
    act: async (stage) => void stage.kept.set('content', await fetched(stage, 'csv')),
    observe: exportState,
  },
  {
    name: 'a tache whose message was lost',
    covers: ['reconciliation-resume-stalled'],
    async prepare(stage) {
      await importLedger(stage);
      await putStalled(stage.cloud, 500_000 + Number(stage.at.tag.slice(1)), stage.at, 'CREATION', await keepStatement(stage));
    },
    async act({ cloud, at }) {
      const resume = async () => {
        await byTheClock(cloud, 'reconciliation-resume-stalled');
        await workIsDone(cloud);
      };
      await resume();
      const [tache] = await tachesOf(cloud, at);
      if (tache?.etat !== 'CREATION') return;
      // Who died after it had noted that it resumes is followed by the next one that finds nothing done for as long again.
      await letTimePass(cloud, tache.id);
      await resume();
    },
    observe,
  },
  {
    name: 'the workload that is measured',
    covers: ['taches-measure-workload'],
    act: ({ cloud }) => byTheClock(cloud, 'taches-measure-workload'),
    observe: async () => '',
  },
];
