import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the archive holds of others, run by the build: {@code java ThirdParties.java ASSEMBLY DIST OUT
 * BOM…}. Joins the lists of components of the modules (CycloneDX), keeps those whose jars are in
 * DIST, and writes THIRD-PARTY.txt, efferent-sbom.json, and the licences and notices that lie in the
 * jars. A jar that no list knows, or whose licence nobody states, ends it with an error.
 */
final class ThirdParties {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TEXTS =
      Pattern.compile("(?i)(.*/)?(licen[cs]e|notice|copying|copyright|thirdparty|third-party)[^/]*");

  public static void main(String[] args) throws IOException {
    Path assembly = Path.of(args[0]);
    Path out = Path.of(args[2]);
    Map<String, Path> jars = jars(Path.of(args[1]));
    Map<String, ObjectNode> components = new TreeMap<>();
    Map<String, ArrayNode> needs = new TreeMap<>();
    ObjectNode bom = null;
    for (String file : List.of(args).subList(3, args.length)) {
      ObjectNode next = (ObjectNode) JSON.readTree(Path.of(file).toFile());
      bom = bom == null ? next : bom;
      ObjectNode self = (ObjectNode) next.at("/metadata/component");
      components.putIfAbsent(fileName(self), self.deepCopy());
      next.get("components").forEach(c -> components.putIfAbsent(fileName(c), (ObjectNode) c));
      next.get("dependencies")
          .forEach(d -> needs.putIfAbsent(d.get("ref").asText(), (ArrayNode) d.get("dependsOn")));
    }
    components.keySet().retainAll(jars.keySet());
    for (String jar : jars.keySet()) {
      if (!components.containsKey(jar)) {
        throw new IOException("every jar must be in a list of components; none has " + jar);
      }
    }
    Map<String, JsonNode> stated = stated(components, assembly.resolve("stated.json"));
    List<ObjectNode> inside = inside(assembly.resolve("inside.json"), jars);
    Files.createDirectories(out);
    Files.writeString(out.resolve("THIRD-PARTY.txt"), table(components, stated, inside));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(out.resolve("efferent-sbom.json").toFile(), joined(bom, components, inside, needs));
    for (Map.Entry<String, Path> jar : jars.entrySet()) {
      copyTexts(jar.getValue(), out.resolve("licences").resolve(jar.getKey().replace(".jar", "")));
    }
  }

  private static Map<String, Path> jars(Path dist) throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    for (String folder : List.of("lib", "spark/jars")) {
      if (Files.isDirectory(dist.resolve(folder))) {
        try (Stream<Path> files = Files.list(dist.resolve(folder))) {
          files.filter(f -> f.toString().endsWith(".jar")).forEach(f -> jars.put(f.getFileName().toString(), f));
        }
      }
    }
    return jars;
  }

  /** As Maven names the file: name, version, and the classifier of {@code …?classifier=C&type=jar}. */
  private static String fileName(JsonNode component) {
    String purl = component.path("purl").asText();
    int at = purl.indexOf("classifier=");
    String classifier = at < 0 ? "" : "-" + purl.substring(at + 11).split("&", 2)[0];
    return component.get("name").asText() + "-" + component.get("version").asText() + classifier + ".jar";
  }

  /**
   * What stated.json says of each jar: {@code of} begins its {@code group/name}, the first entry counts. Its {@code licence} takes
   * the place of the POM's; {@code taken} is the choice made here.
   */
  private static Map<String, JsonNode> stated(Map<String, ObjectNode> components, Path file) throws IOException {
    JsonNode entries = JSON.readTree(file.toFile());
    Map<String, JsonNode> stated = new TreeMap<>();
    for (Map.Entry<String, ObjectNode> jar : components.entrySet()) {
      ObjectNode component = jar.getValue();
      String key = component.path("group").asText() + "/" + component.get("name").asText();
      for (JsonNode entry : entries) {
        if (key.startsWith(entry.get("of").asText())) {
          stated.putIfAbsent(jar.getKey(), entry);
        }
      }
      JsonNode entry = stated.getOrDefault(jar.getKey(), JSON.createObjectNode());
      if (entry.has("licence")) {
        component.putArray("licenses").addObject().putObject("license").put("name", entry.get("licence").asText());
      } else if (licences(component).isEmpty()) {
        throw new IOException("every library must have a licence; name that of " + key + " in " + file);
      }
    }
    return stated;
  }

  private static String licences(JsonNode component) {
    List<String> names = new ArrayList<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      names.add(
          choice.has("expression")
              ? choice.get("expression").asText()
              : licence.has("id") ? licence.get("id").asText() : licence.path("name").asText());
    }
    return String.join(" or ", names);
  }

  private static List<ObjectNode> inside(Path file, Map<String, Path> jars) throws IOException {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode part : JSON.readTree(file.toFile())) {
      if (jars.keySet().stream().anyMatch(j -> j.startsWith(part.get("inside").asText()))) {
        found.add((ObjectNode) part);
      }
    }
    return found;
  }

  private static String table(Map<String, ObjectNode> components, Map<String, JsonNode> stated, List<ObjectNode> inside) {
    StringBuilder text =
        new StringBuilder(
            """
            Libraries of others in this archive: file, version, licence, address. The licence is the one that the library's POM states,
            unless a line says how it was checked. "Not verified" stands where nobody could look.

            """);
    for (Map.Entry<String, ObjectNode> entry : components.entrySet()) {
      JsonNode c = entry.getValue();
      if (c.path("group").asText().equals("org.efferent")) {
        continue;
      }
      String url = url(c);
      text.append(entry.getKey()).append("\n  ").append(c.path("group").asText()).append(':').append(c.get("name").asText());
      text.append(", ").append(c.get("version").asText()).append(", ").append(licences(c));
      text.append(url.isEmpty() ? "" : ", " + url).append('\n');
      JsonNode more = stated.getOrDefault(entry.getKey(), JSON.createObjectNode());
      text.append(more.has("taken") ? "  taken under " + more.get("taken").asText() + "\n" : "");
      text.append(more.has("source") ? "  its source: " + more.get("source").asText() + "\n" : "");
      text.append(more.has("checked") ? "  checked: " + more.get("checked").asText() + "\n" : "");
    }
    text.append("\nInside those jars:\n\n");
    for (JsonNode part : inside) {
      text.append(part.get("name").asText()).append("\n  in ").append(part.get("inside").asText()).append("*, ");
      text.append(part.get("version").asText()).append(", ").append(part.get("licence").asText());
      text.append(", ").append(part.get("url").asText()).append('\n');
      text.append(part.has("checked") ? "  checked: " + part.get("checked").asText() : "  not verified").append('\n');
    }
    return text.toString();
  }

  /** The website, else the repository; never the place that a release was uploaded to. */
  private static String url(JsonNode component) {
    Map<String, String> urls = new TreeMap<>();
    for (JsonNode reference : component.path("externalReferences")) {
      urls.putIfAbsent(reference.get("type").asText(), reference.get("url").asText());
    }
    return urls.getOrDefault("website", urls.getOrDefault("vcs", ""));
  }

  private static ObjectNode joined(
      ObjectNode bom, Map<String, ObjectNode> components, List<ObjectNode> inside, Map<String, ArrayNode> needs) {
    bom.remove("serialNumber");
    ((ObjectNode) bom.get("metadata")).remove("timestamp");
    String self = bom.at("/metadata/component/bom-ref").asText();
    List<String> known = new ArrayList<>(List.of(self));
    ArrayNode all = bom.putArray("components");
    for (ObjectNode component : components.values()) {
      String ref = component.get("bom-ref").asText();
      if (!ref.equals(self)) {
        known.add(ref);
        all.add(component);
      }
    }
    for (ObjectNode part : inside) {
      ObjectNode component = all.addObject().put("type", "library").put("name", part.get("name").asText());
      component.put("version", part.get("version").asText());
      component.put("description", "inside " + part.get("inside").asText() + "*");
      component.putArray("licenses").addObject().putObject("license").put("name", part.get("licence").asText());
      component.putArray("externalReferences").addObject().put("type", "website").put("url", part.get("url").asText());
    }
    ArrayNode graph = bom.putArray("dependencies");
    for (String ref : known) {
      ArrayNode on = graph.addObject().put("ref", ref).putArray("dependsOn");
      for (JsonNode need : needs.getOrDefault(ref, JSON.createArrayNode())) {
        if (known.contains(need.asText())) {
          on.add(need);
        }
      }
    }
    return bom;
  }

  private static void copyTexts(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        String name = entry.getName();
        if (!entry.isDirectory() && !name.endsWith(".class") && TEXTS.matcher(name).matches()) {
          Files.createDirectories(folder);
          try (InputStream in = zip.getInputStream(entry)) {
            Files.write(folder.resolve(name.replace("META-INF/", "").replace('/', '_')), in.readAllBytes());
          }
        }
      }
    }
  }
}
