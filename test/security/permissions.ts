import { lambdaFunction, rolePolicy } from '../infrastructure/schemas.ts';
import { resourcesOf, type Template } from '../infrastructure/synthesized.ts';

/** What the template lets a function do: `dynamodb:GetItem <logical id of the table>`, `s3:GetObject <bucket>/depot/*`, `sns:Publish not arn:…` for what is none of these. */
export interface Permission {
  /** `<area>-<name>` of the function. */
  readonly fn: string;
  readonly action: string;
  readonly resource: string;
}

/** Every permission of every function's role. @param stage name in the functions' names */
export function permissionsOf(template: Template, stage: string): readonly Permission[] {
  const policies = resourcesOf(template, 'AWS::IAM::Policy', rolePolicy);
  return resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).flatMap(({ properties }) =>
    policies
      .filter(({ properties: { Roles } }) => Roles.includes(properties.Role))
      .flatMap(({ properties: { PolicyDocument } }) => PolicyDocument.Statement)
      .flatMap(({ Action, Resource = [], NotResource = [] }) =>
        Action.flatMap((action) => [...Resource, ...NotResource.map((other) => NOT + other)].map((resource) => ({ action, resource: resource.replaceAll(/[<>]/gu, '') }))),
      )
      .map((permission) => ({ fn: functionName(properties.FunctionName, stage), ...permission })),
  );
}

function functionName(name: string, stage: string): string {
  return name.replace(`reconciliation-${stage}-`, '');
}

/** Before a resource that is excepted from everything. */
const NOT = 'not ';

/** Whether a permission's resource, which may end in `*` or name what is excepted, is this one. */
export function covers(pattern: string, resource: string): boolean {
  if (pattern.startsWith(NOT)) return !covers(pattern.slice(NOT.length).replace(/(?::\*)+$/u, ':*'), resource);
  return pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : pattern === resource;
}
