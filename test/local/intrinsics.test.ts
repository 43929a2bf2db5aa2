import { describe, expect, it } from 'vitest';
import { localIdentity } from '../../lib/local/aws-identity.ts';
import { resolve, type Scope } from '../../lib/local/template/intrinsics.ts';
import { Template } from '../../lib/local/template/template.ts';

const template = Template.parse({
  Parameters: { Size: { Type: 'Number', Default: 3 }, Wanted: { Type: 'String' } },
  Mappings: { Regions: { 'eu-west-1': { zone: 'west' } } },
  Conditions: {
    IsWest: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    IsEast: { 'Fn::Not': [{ Condition: 'IsWest' }] },
    Both: { 'Fn::And': [{ Condition: 'IsWest' }, { Condition: 'IsEast' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsWest' }, { Condition: 'IsEast' }] },
  },
  Resources: {},
});

const scope: Scope = {
  identity: localIdentity('eu-west-1'),
  stackName: 'small',
  template,
  reference: (logicalId) => `ref-of-${logicalId}`,
  attribute: (logicalId, attribute) => `${attribute}-of-${logicalId}`,
  imported: (name) => `import-of-${name}`,
  finishText: (text) => text,
};

describe('an intrinsic function resolves to what CloudFormation gives', () => {
  it.each([
    ['Ref of a resource', { Ref: 'Table' }, 'ref-of-Table'],
    ['Ref of a parameter', { Ref: 'Size' }, 3],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Arn-of-Queue'],
    ['GetAtt as a text with dots', { 'Fn::GetAtt': 'Stack.Outputs.Url' }, 'Outputs.Url-of-Stack'],
    ['Join of resolved parts', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 7]] }, 'a-eu-west-1-7'],
    ['Join without the parts that are no value', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a-b'],
    ['Sub of references and attributes', { 'Fn::Sub': `\${AWS::Partition}:\${Queue.Arn}:\${Table}` }, 'aws:Arn-of-Queue:ref-of-Table'],
    ['Sub of its own variables', { 'Fn::Sub': [`\${Own}/\${!Kept}`, { Own: { Ref: 'Table' } }] }, `ref-of-Table/\${Kept}`],
    ['Select out of Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Select with its index as a text', { 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
    ['If whose condition holds', { 'Fn::If': ['IsWest', 'yes', 'no'] }, 'yes'],
    ['If whose condition does not hold', { 'Fn::If': ['IsEast', 'yes', 'no'] }, 'no'],
    ['And', { 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
    ['Or', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    ['FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'zone'] }, 'west'],
    ['ImportValue', { 'Fn::ImportValue': 'shared:name' }, 'import-of-shared:name'],
    ['a condition key of a policy is no function', { Condition: { Bool: { secure: 'true' } } }, { Condition: { Bool: { secure: 'true' } } }],
    ['a property without value disappears', { kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  ])('%s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it.each([
    ['a function that is not known', { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, 'Fn::Cidr is not supported'],
    ['a parameter that nobody gave', { Ref: 'Wanted' }, 'the parameter Wanted has no default value'],
    ['a secret by dynamic reference', '{{resolve:secretsmanager:x}}', 'dynamic references are not supported'],
    ['an index behind the end', { 'Fn::Select': [5, ['a']] }, 'Fn::Select finds nothing at 5'],
    ['a map without the key', { 'Fn::FindInMap': ['Regions', 'us-east-1', 'zone'] }, 'Regions.us-east-1.zone'],
    ['a condition that is not declared', { 'Fn::If': ['Unknown', 1, 2] }, 'the template has no condition Unknown'],
  ])('%s is refused by name', (_, value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});
