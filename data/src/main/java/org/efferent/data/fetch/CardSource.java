package org.efferent.data.fetch;

import java.net.URI;
import java.util.List;

/** Where the list of a data set's files comes from. */
public sealed interface CardSource {
  /** The host that is asked, for people. */
  String host();

  /** The card itself names every file with its address. */
  record Files() implements CardSource {
    @Override
    public String host() {
      return "the card";
    }
  }

  /**
   * A folder with a file of SHA-256 sums of all others, as {@code sha256sum} writes it: PhysioNet.
   *
   * @param base address of the folder, with a slash at its end
   * @param list name of the list in it
   */
  record Sums(URI base, String list) implements CardSource {
    @Override
    public String host() {
      return base.getHost();
    }
  }

  /**
   * Storage of projects and components of the Open Science Framework, API version 2.
   *
   * @param api address of the API, without a slash at its end
   * @param nodes codes of the components; where two have a file of one name, the first has it
   */
  record Osf(URI api, List<String> nodes) implements CardSource {
    /** Copies the list. */
    public Osf {
      nodes = List.copyOf(nodes);
    }

    @Override
    public String host() {
      return api.getHost();
    }
  }

  /**
   * Objects of a bucket that anybody may list (Amazon S3, ListObjectsV2): OpenNeuro.
   *
   * @param bucket address of the bucket, without a slash at its end
   * @param prefix what the keys of the data set begin with; the rest of a key is the name
   */
  record S3(URI bucket, String prefix) implements CardSource {
    @Override
    public String host() {
      return bucket.getHost();
    }
  }

  /**
   * The newest version of a Dryad data set, API version 2.
   *
   * @param api address of the API, without a slash at its end
   * @param doi the identifier, such as {@code 10.5061/dryad.070jc}
   */
  record Dryad(URI api, String doi) implements CardSource {
    @Override
    public String host() {
      return api.getHost();
    }
  }

  /**
   * A repository on the Hugging Face hub.
   *
   * @param hub address of the hub, without a slash at its end
   * @param repository owner and name
   * @param revision branch, tag or commit
   * @param type what the repository holds, which decides its addresses
   */
  record HuggingFace(URI hub, String repository, String revision, HubType type)
      implements CardSource {
    @Override
    public String host() {
      return hub.getHost();
    }
  }

  /** What a repository on the Hugging Face hub holds. */
  enum HubType {
    /** Data; the addresses begin with {@code /api/datasets} and {@code /datasets}. */
    DATASET,
    /** A model; {@code /api/models}, and nothing before the repository. */
    MODEL
  }

  /**
   * The publisher lets no program in: the user downloads, this program notes what is there.
   *
   * @param steps what to do, one sentence each
   */
  record Manual(List<String> steps) implements CardSource {
    /** Copies the list. */
    public Manual {
      steps = List.copyOf(steps);
    }

    @Override
    public String host() {
      return "the user's own download";
    }
  }
}
