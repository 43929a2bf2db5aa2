import { lambdaFunction, rolePolicy } from '../infrastructure/schemas.ts';
import { resourcesOf, type Template } from '../infrastructure/synthesized.ts';

/** What the template lets a function do: `dynamodb:GetItem <logical id of the table>`, `s3:GetObject <bucket>/depot/*`. */
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
      .flatMap(({ Action, Resource = [] }) => Action.flatMap((action) => Resource.map((resource) => ({ action, resource: resource.replaceAll(/[<>]/gu, '') }))))
      .map((permission) => ({ fn: functionName(properties.FunctionName, stage), ...permission })),
  );
}

function functionName(name: string, stage: string): string {
  return name.replace(`reconciliation-${stage}-`, '');
}

/** Whether a permission's resource, which may end in `*`, is this one. */
export function covers(pattern: string, resource: string): boolean {
  return pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : pattern === resource;
}
