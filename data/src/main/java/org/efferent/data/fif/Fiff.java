package org.efferent.data.fif;

/**
 * Numbers of the format, by their names in fiff-constants: B_ block, V_ value, T_ type, tags bare.
 */
final class Fiff {
  static final int B_MEAS = 100;
  static final int B_MEAS_INFO = 101;
  static final int B_RAW_DATA = 102;
  static final int B_EVOKED = 104;
  static final int B_ASPECT = 105;
  static final int B_SUBJECT = 106;
  static final int B_ISOTRAK = 107;
  static final int B_HPI_RESULT = 109;
  static final int B_CONTINUOUS_DATA = 112;
  static final int B_CH_INFO = 113;
  static final int B_REF = 118;
  static final int B_IAS_RAW_DATA = 119;
  static final int B_IAS_ASPECT = 120;
  static final int B_DEVICE = 124;
  static final int B_PROJ = 313;
  static final int B_PROJ_ITEM = 314;
  static final int B_MNE_COV = 355;
  static final int B_MNE_BAD_CHANNELS = 359;
  static final int B_MNE_EVENTS = 361;
  static final int B_MNE_CTF_COMP_DATA = 371;
  static final int B_MNE_EPOCHS = 373;
  static final int B_MNE_ANNOTATIONS = 3810;

  static final int FILE_ID = 100;
  static final int DIR_POINTER = 101;
  static final int DIR = 102;
  static final int BLOCK_ID = 103;
  static final int BLOCK_START = 104;
  static final int BLOCK_END = 105;
  static final int PARENT_BLOCK_ID = 110;
  static final int REF_ROLE = 115;
  static final int REF_FILE_NUM = 117;
  static final int REF_FILE_NAME = 118;
  static final int DEVICE_TYPE = 152;
  static final int DEVICE_MODEL = 153;
  static final int DEVICE_SERIAL = 154;
  static final int NCHAN = 200;
  static final int SFREQ = 201;
  static final int CH_INFO = 203;
  static final int MEAS_DATE = 204;
  static final int COMMENT = 206;
  static final int NAVE = 207;
  static final int FIRST_SAMPLE = 208;
  static final int LAST_SAMPLE = 209;
  static final int ASPECT_KIND = 210;
  static final int EXPERIMENTER = 212;
  static final int DIG_POINT = 213;
  static final int LOWPASS = 219;
  static final int COORD_TRANS = 222;
  static final int HIGHPASS = 223;
  static final int NO_SAMPLES = 228;
  static final int FIRST_TIME = 229;
  static final int NAME = 233;
  static final int CH_SCAN_NO = 250;
  static final int CH_KIND = 252;
  static final int CH_RANGE = 253;
  static final int CH_CAL = 254;
  static final int CH_LOC = 255;
  static final int CH_UNIT = 256;
  static final int CH_UNIT_MUL = 257;
  static final int CH_DACQ_NAME = 258;
  static final int DATA_BUFFER = 300;
  static final int DATA_SKIP = 301;
  static final int EPOCH = 302;
  static final int DATA_SKIP_SAMP = 303;
  static final int CH_COIL_TYPE = 350;
  static final int CH_COORD_FRAME = 351;
  static final int SUBJ_ID = 400;
  static final int SUBJ_FIRST_NAME = 401;
  static final int SUBJ_MIDDLE_NAME = 402;
  static final int SUBJ_LAST_NAME = 403;
  static final int SUBJ_BIRTH_DAY = 404;
  static final int SUBJ_SEX = 405;
  static final int SUBJ_HIS_ID = 410;
  static final int PROJ_NAME = 501;
  static final int PROJ_ITEM_KIND = 3411;
  static final int PROJ_ITEM_NVEC = 3414;
  static final int PROJ_ITEM_VECTORS = 3415;
  static final int PROJ_ITEM_CH_NAME_LIST = 3417;
  static final int MNE_ROW_NAMES = 3502;
  static final int MNE_COORD_FRAME = 3506;
  static final int MNE_CH_NAME_LIST = 3507;
  static final int MNE_COV_KIND = 3530;
  static final int MNE_COV_DIM = 3531;
  static final int MNE_COV = 3532;
  static final int MNE_COV_DIAG = 3533;
  static final int MNE_COV_NFREE = 3536;
  static final int MNE_PROJ_ITEM_ACTIVE = 3560;
  static final int MNE_EVENT_LIST = 3561;
  static final int MNE_EVENT_COMMENTS = 3566;
  static final int MNE_BASELINE_MIN = 3568;
  static final int MNE_BASELINE_MAX = 3569;

  static final int T_BYTE = 1;
  static final int T_SHORT = 2;
  static final int T_INT = 3;
  static final int T_FLOAT = 4;
  static final int T_DOUBLE = 5;
  static final int T_JULIAN = 6;
  static final int T_USHORT = 7;
  static final int T_UINT = 8;
  static final int T_STRING = 10;
  static final int T_DAU_PACK16 = 16;
  static final int T_OLD_PACK = 23;
  static final int T_ID_STRUCT = 31;
  static final int T_DIR_ENTRY_STRUCT = 32;

  /** Upper half of the type of a dense matrix: its dimensions follow its values. */
  static final int DENSE = 0x4000_0000;

  static final int FRAME_DEVICE = 1;
  static final int FRAME_HEAD = 4;
  static final int ROLE_NEXT_FILE = 2;

  private Fiff() {}
}
