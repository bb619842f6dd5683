/** Functions of single values, by name. */
import { JSON_FUNCTIONS } from './json.ts';
import { NUMBER_FUNCTIONS } from './number.ts';
import { SESSION_FUNCTIONS } from './session.ts';
import { TEXT_FUNCTIONS } from './text.ts';
import { TIME_FUNCTIONS } from './time.ts';
import type { SqlFunction } from './types.ts';

export type { FunctionContext, SqlFunction } from './types.ts';

/** Functions that a real server has and this model has not. */
const ABSENT = new Set(
  'acos addtime aes_decrypt aes_encrypt asin atan atan2 bin_to_uuid compress convert_tz cot degrees export_set get_format get_lock grouping inet6_aton inet6_ntoa inet_aton inet_ntoa interval is_free_lock is_used_lock json_array_append json_array_insert json_contains_path json_depth json_merge_patch json_merge_preserve json_overlaps json_pretty json_remove json_schema_valid json_search json_storage_size load_file make_set master_pos_wait match name_const period_add period_diff ps_current_thread_id radians random_bytes regexp_instr release_all_locks release_lock soundex statement_digest subtime to_seconds uncompress uncompressed_length uuid_short uuid_to_bin validate_password_strength weight_string yearweek'.split(
    ' ',
  ),
);
export const isAbsent = (name: string): boolean => ABSENT.has(name) || /^(?:st_|mbr)/.test(name);

export const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...JSON_FUNCTIONS,
  ...SESSION_FUNCTIONS,
};
