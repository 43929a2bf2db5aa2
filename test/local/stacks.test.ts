import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { localIdentity } from '../../lib/local/aws-identity.ts';
import { readAssembly } from '../../lib/local/template/assembly.ts';
import type { ResourceType } from '../../lib/local/template/declared-resource.ts';
import { type ResolvedStacks, resolveStacks } from '../../lib/local/template/stacks.ts';

let folder: string;
afterEach(() => rm(folder, { recursive: true, force: true }));

const thing: ResourceType<null> = {
  physicalId: ({ stackName, logicalId }) => `${stackName}.${logicalId}`,
  attributes: { Arn: ({ physicalId }) => `arn:${physicalId}` },
  provision: () => {},
};

async function resolved(stacks: Readonly<Record<string, object>>): Promise<ResolvedStacks> {
  folder = await mkdtemp(join(tmpdir(), 'stacks-'));
  for (const [name, template] of Object.entries(stacks)) await writeFile(join(folder, `${name}.template.json`), JSON.stringify(template));
  return resolveStacks(await readAssembly(folder), { identity: localIdentity('eu-west-1'), services: null, typeOf: () => thing, finishText: (text) => text });
}

describe('the stacks of an assembly', () => {
  it('are made in the order of what they need, whatever the order in the file', async () => {
    const { resources } = await resolved({
      one: {
        Resources: {
          Last: { Type: 'T', Properties: { of: { 'Fn::Sub': `\${Middle.Arn}` } } },
          Middle: { Type: 'T', DependsOn: 'First' },
          First: { Type: 'T' },
        },
      },
    });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['First', 'Middle', 'Last']);
  });

  it('see what others export, and are made after them', async () => {
    const { resources } = await resolved({
      app: { Resources: { Reader: { Type: 'T', Properties: { table: { 'Fn::ImportValue': 'data:Table' } } } } },
      data: { Resources: { Table: { Type: 'T' } }, Outputs: { Exported: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] }, Export: { Name: 'data:Table' } } } },
    });
    expect(resources.map(({ physicalId }) => physicalId)).toEqual(['data.Table', 'app.Reader']);
    expect(resources[1]?.properties).toEqual({ table: 'arn:data.Table' });
  });

  it('leave out resources and outputs whose condition does not hold', async () => {
    const { resources, outputs } = await resolved({
      one: {
        Conditions: { Elsewhere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
        Resources: { Here: { Type: 'T' }, There: { Type: 'T', Condition: 'Elsewhere' } },
        Outputs: { Here: { Value: { Ref: 'Here' } }, There: { Value: { Ref: 'There' }, Condition: 'Elsewhere' } },
      },
    });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Here']);
    expect(outputs()).toEqual({ Here: 'one.Here' });
  });

  it.each([
    ['a value that nobody exports', { 'Fn::ImportValue': 'nothing' }, 'no stack of this assembly exports nothing'],
    ['a resource that is not there', { Ref: 'Nobody' }, 'one has no resource Nobody'],
    ['an attribute that the type does not have', { 'Fn::GetAtt': ['Other', 'StreamArn'] }, 'the attribute StreamArn of T Other is not supported here'],
  ])('cannot use %s', async (_, value, message) => {
    const { resources } = await resolved({ one: { Resources: { Other: { Type: 'T' }, User: { Type: 'T', Properties: { value } } } } });
    expect(() => resources.map(({ properties }) => properties)).toThrow(message);
  });
});

it('are looked for in a folder that has some', async () => {
  folder = await mkdtemp(join(tmpdir(), 'stacks-'));
  await expect(readAssembly(folder)).rejects.toThrow('no *.template.json');
});
