import { z } from "zod";
import { poolOf, requireGroup, requireUser } from "../find";
import { admin, name, poolId } from "../operation";
import { openPage, pageToken } from "../page";
import { refuse } from "../refuse";
import { describeGroup, describeUser } from "../show";

const membership = z.object({ UserPoolId: poolId, Username: name, GroupName: name });
const paging = { Limit: z.number().int().min(0).max(60).default(60), NextToken: pageToken.optional() };

export const CreateGroup = admin(
  z.object({
    UserPoolId: poolId,
    GroupName: name,
    Description: z.string().max(2048).optional(),
    Precedence: z.number().int().min(0).optional(),
  }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    if (pool.groups.has(input.GroupName))
      refuse("GroupExistsException", "A group with the name already exists.");
    const group = {
      name: input.GroupName,
      createdAt: cognito.now(),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.Precedence === undefined ? {} : { precedence: input.Precedence }),
    };
    pool.groups.set(group.name, group);
    cognito.changed();
    return { Group: describeGroup(pool, group) };
  },
);

export const ListGroups = admin(z.object({ UserPoolId: poolId, ...paging }), (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  const page = openPage([...pool.groups.values()], (group) => group.name, input.Limit, input.NextToken);
  return {
    Groups: page.items.map((group) => describeGroup(pool, group)),
    ...(page.next ? { NextToken: page.next } : {}),
  };
});

export const AdminAddUserToGroup = admin(membership, (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  const group = requireGroup(pool, input.GroupName);
  const user = requireUser(pool, input.Username);
  if (!user.groups.includes(group.name)) user.groups.push(group.name);
  user.modifiedAt = cognito.now();
  cognito.changed();
  return {};
});

export const AdminRemoveUserFromGroup = admin(membership, (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  const group = requireGroup(pool, input.GroupName);
  const user = requireUser(pool, input.Username);
  user.groups = user.groups.filter((held) => held !== group.name);
  user.modifiedAt = cognito.now();
  cognito.changed();
  return {};
});

export const AdminListGroupsForUser = admin(
  z.object({ UserPoolId: poolId, Username: name, ...paging }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const held = requireUser(pool, input.Username).groups.flatMap((held) => pool.groups.get(held) ?? []);
    const page = openPage(held, (group) => group.name, input.Limit, input.NextToken);
    return {
      Groups: page.items.map((group) => describeGroup(pool, group)),
      ...(page.next ? { NextToken: page.next } : {}),
    };
  },
);

export const ListUsersInGroup = admin(
  z.object({ UserPoolId: poolId, GroupName: name, ...paging }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const group = requireGroup(pool, input.GroupName);
    const members = [...pool.users.values()].filter((user) => user.groups.includes(group.name));
    const page = openPage(members, (user) => user.sub, input.Limit, input.NextToken);
    return { Users: page.items.map(describeUser), ...(page.next ? { NextToken: page.next } : {}) };
  },
);
