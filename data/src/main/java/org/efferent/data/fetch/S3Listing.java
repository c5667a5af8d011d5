package org.efferent.data.fetch;

import java.io.StringReader;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Objects of a bucket that anybody may list (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>).
 * The ETag of an object that was uploaded in one part is the MD5 of its content; one of several
 * parts has a hyphen in it and is no checksum.
 */
final class S3Listing {
  private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

  private final CardSource.S3 source;
  private final Listings.Collector files;
  private final URI address;
  private String continuation = "";

  private S3Listing(CardSource.S3 source, Listings.Collector files, URI address) {
    this.source = source;
    this.files = files;
    this.address = address;
  }

  static void list(CardSource.S3 source, Web web, Listings.Collector files)
      throws InterruptedException {
    String query = "?list-type=2&prefix=" + Addresses.encode(source.prefix());
    String continuation = "";
    for (int pages = 0; pages < Listings.MOST_PAGES; pages++) {
      URI at =
          URI.create(
              source.bucket()
                  + query
                  + (continuation.isEmpty()
                      ? ""
                      : "&continuation-token=" + Addresses.encode(continuation)));
      S3Listing page = new S3Listing(source, files, at);
      page.read(web.listing(at, "application/xml", Listings.MOST_PAGE_BYTES).text());
      if (page.continuation.isEmpty()) {
        return;
      }
      continuation = page.continuation;
    }
    throw Listings.odd(source.bucket(), "has more than " + Listings.MOST_PAGES + " pages");
  }

  private void read(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      Map<String, String> object = new HashMap<>();
      Map<String, String> page = new HashMap<>();
      boolean inObject = false;
      boolean root = false;
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          String name = reader.getLocalName();
          root |= name.equals("ListBucketResult");
          if (name.equals("Contents")) {
            inObject = true;
            object.clear();
          } else if (name.equals("Key") || name.equals("Size") || name.equals("ETag")) {
            object.put(name, reader.getElementText());
          } else if (name.equals("IsTruncated") || name.equals("NextContinuationToken")) {
            page.put(name, reader.getElementText());
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && reader.getLocalName().equals("Contents")
            && inObject) {
          object(object);
          inObject = false;
        }
      }
      if (!root) {
        throw Listings.odd(address, "is not the list of a bucket");
      }
      if (page.getOrDefault("IsTruncated", "false").equals("true")) {
        continuation = page.getOrDefault("NextContinuationToken", "");
        if (continuation.isEmpty()) {
          throw Listings.odd(address, "is cut off and does not say how to go on");
        }
      }
    } catch (XMLStreamException e) {
      throw Listings.odd(address, "is not well-formed XML");
    }
  }

  private void object(Map<String, String> object) {
    String key = object.getOrDefault("Key", "");
    String size = object.getOrDefault("Size", "");
    if (!key.startsWith(source.prefix()) || !size.matches("\\d{1,18}")) {
      throw Listings.odd(
          address, "has an object without size or of another prefix: \"" + Shown.of(key) + "\"");
    }
    String path = key.substring(source.prefix().length());
    if (path.isEmpty() || path.endsWith("/")) {
      return; // what stands for a folder
    }
    String tag = object.getOrDefault("ETag", "").replace("\"", "");
    Optional<Checksum> checksum =
        MD5.matcher(tag).matches()
            ? Optional.of(new Checksum(Checksum.Algorithm.MD5, tag))
            : Optional.empty();
    files.add(
        new RemoteFile(
            RemotePath.check(path, "the listing at " + Web.shown(address)),
            URI.create(source.bucket() + "/" + Addresses.encodePath(key)),
            Long.parseLong(size),
            checksum,
            checksum.isPresent() ? address.getHost() + " (ETag)" : ""));
  }
}
