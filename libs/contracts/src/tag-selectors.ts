import { z } from 'zod';

export const MAX_GLOBS = 20;

/** `*` stands for any characters, `?` for one. */
export const tagGlobSchema = z
  .string()
  .min(1, 'name a tag, or a pattern of tags such as v*')
  .max(128, 'at most 128 characters')
  .regex(/^[\w.*?-]+$/, 'letters, digits, "_", "." and "-", with "*" for any characters and "?" for one');

/** Of a repository's name without its namespace; `**` stands for any number of folders. */
const repositoryGlobSchema = z
  .string()
  .min(1, 'name a repository, or a pattern such as team/**')
  .max(200, 'at most 200 characters')
  .regex(
    /^[a-z0-9._*?-]+(\/[a-z0-9._*?-]+)*$/,
    'a repository without its namespace, with "*" in a folder and "**" for any',
  )
  .refine((glob) => glob.split('/').every((part) => part === '**' || !part.includes('**')), {
    message: '"**" stands between slashes, alone',
  });

/** Which tags of a repository a rule is about: all selectors count, and of each list one entry is enough. */
export const tagSelectorSchema = z.strictObject({
  tags: z.array(tagGlobSchema).min(1, 'name at least one pattern of tags').max(MAX_GLOBS),
  /** Tags that the rule is not about, although the other list takes them. */
  except: z.array(tagGlobSchema).max(MAX_GLOBS).default([]),
});
export type TagSelector = z.infer<typeof tagSelectorSchema>;

/** The repositories of a namespace that a rule is about; all of them unless it says something else. */
export const repositoryGlobsSchema = z
  .array(repositoryGlobSchema)
  .min(1, 'name at least one pattern of repositories')
  .max(MAX_GLOBS)
  .default(['**']);
