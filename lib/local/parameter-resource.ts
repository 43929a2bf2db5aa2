import * as z from 'zod';
import { arn } from './aws-identity.ts';
import type { LocalServices } from './local-services.ts';
import { generatedName } from './physical-name.ts';
import { givenName, type ResourceType, readProperties, withoutLocalMeaning } from './template/declared-resource.ts';

const Parameter = z.strictObject({
  Name: z.string().optional(),
  Type: z.enum(['String', 'StringList']),
  Value: z.string(),
  AllowedPattern: withoutLocalMeaning,
  Description: withoutLocalMeaning,
  Tags: withoutLocalMeaning,
  Tier: withoutLocalMeaning,
});

/** A parameter that other resources of the template read. No service answers for it at run time. */
export const ssmParameter: ResourceType<LocalServices> = {
  physicalId: (resource) => givenName(resource, 'Name') ?? generatedName(resource.stackName, resource.logicalId, 255),
  attributes: {
    Arn: ({ physicalId }, { identity }) => arn(identity, 'ssm', `parameter/${physicalId.replace(/^\//, '')}`),
    Type: (resource) => readProperties(Parameter, resource).Type,
    Value: (resource) => readProperties(Parameter, resource).Value,
  },
  provision: (resource) => {
    readProperties(Parameter, resource);
  },
};
