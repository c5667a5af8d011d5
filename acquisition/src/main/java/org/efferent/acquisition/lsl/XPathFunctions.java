package org.efferent.acquisition.lsl;

import java.util.List;

/** XPath's core functions (section 4), and no others: none reads files, none runs code. */
final class XPathFunctions {
  private XPathFunctions() {}

  /** A call, or an error where there is no such function of so many arguments. */
  static XPathExpr call(String name, List<XPathExpr> args) {
    int n = args.size();
    boolean known =
        switch (name) {
          case "last", "position", "true", "false" -> n == 0;
          case "count", "id", "boolean", "not", "lang", "sum", "floor", "ceiling", "round" ->
              n == 1;
          case "local-name", "namespace-uri", "name" -> n <= 1;
          case "string", "number", "string-length", "normalize-space" -> n <= 1;
          case "starts-with", "contains", "substring-before", "substring-after" -> n == 2;
          case "concat" -> n >= 2;
          case "substring" -> n == 2 || n == 3;
          case "translate" -> n == 3;
          default -> false;
        };
    if (!known) {
      throw new XPathProblem("no function " + name + " of " + n + " arguments");
    }
    return context -> value(name, args, context);
  }

  private static Object value(String name, List<XPathExpr> args, XPathExpr.Context context) {
    XPathBudget budget = context.budget();
    budget.spend(1);
    return switch (name) {
      case "last" -> (double) context.size();
      case "position" -> (double) context.position();
      case "true" -> true;
      case "false", "lang" -> false;
      case "boolean" -> XPathValues.toBoolean(args.get(0).value(context));
      case "not" -> !XPathValues.toBoolean(args.get(0).value(context));
      case "count" -> (double) XPathValues.nodes(args.get(0).value(context)).size();
      case "id" -> List.of();
      case "sum" -> sum(XPathValues.nodes(args.get(0).value(context)), budget);
      case "name", "local-name" -> nameOf(name, args, context);
      case "namespace-uri" -> "";
      case "number" -> XPathValues.toNumber(argument(args, context), budget);
      case "floor" -> Math.floor(number(args, context));
      case "ceiling" -> Math.ceil(number(args, context));
      case "round" -> round(number(args, context));
      default -> text(name, args, context);
    };
  }

  /** The argument, or the context node where it is left out. */
  private static Object argument(List<XPathExpr> args, XPathExpr.Context context) {
    return args.isEmpty() ? List.of(context.node()) : args.get(0).value(context);
  }

  private static double number(List<XPathExpr> args, XPathExpr.Context context) {
    return XPathValues.toNumber(args.get(0).value(context), context.budget());
  }

  private static double sum(List<XPathNode> nodes, XPathBudget budget) {
    double sum = 0;
    for (XPathNode node : nodes) {
      sum += XPathValues.toNumber(node.stringValue(budget), budget);
    }
    return sum;
  }

  private static String nameOf(String which, List<XPathExpr> args, XPathExpr.Context context) {
    List<XPathNode> nodes = XPathValues.nodes(argument(args, context));
    String name = nodes.isEmpty() ? "" : nodes.get(0).name();
    return which.equals("name") ? name : name.substring(name.indexOf(':') + 1);
  }

  private static double round(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) ? value : Math.floor(value + 0.5);
  }

  private static Object text(String name, List<XPathExpr> args, XPathExpr.Context context) {
    XPathBudget budget = context.budget();
    String a = text(args, 0, context);
    return switch (name) {
      case "string" -> a;
      case "string-length" -> (double) a.length();
      case "normalize-space" -> XPathValues.trim(a).replaceAll("[ \\t\\r\\n]+", " ");
      case "starts-with" -> a.startsWith(text(args, 1, context));
      case "contains" -> find(a, text(args, 1, context), budget) >= 0;
      case "substring-before" -> {
        int at = find(a, text(args, 1, context), budget);
        yield at < 0 ? "" : a.substring(0, at);
      }
      case "substring-after" -> {
        String b = text(args, 1, context);
        int at = find(a, b, budget);
        yield at < 0 ? "" : a.substring(at + b.length());
      }
      case "substring" -> substring(a, args, context);
      case "translate" -> translate(a, text(args, 1, context), text(args, 2, context), budget);
      default -> concat(a, args, context);
    };
  }

  private static String text(List<XPathExpr> args, int i, XPathExpr.Context context) {
    Object value = i == 0 ? argument(args, context) : args.get(i).value(context);
    String text = XPathValues.toText(value, context.budget());
    context.budget().spend(text.length() / XPathBudget.CHARS_A_STEP);
    return text;
  }

  /** Where a text stands in another; in the worst case each place is compared with all of it. */
  private static int find(String in, String what, XPathBudget budget) {
    budget.spend((long) in.length() * what.length() / 1024);
    return in.indexOf(what);
  }

  private static String substring(String a, List<XPathExpr> args, XPathExpr.Context context) {
    double first = round(XPathValues.toNumber(args.get(1).value(context), context.budget()));
    double behind =
        args.size() == 2
            ? Double.POSITIVE_INFINITY
            : first + round(XPathValues.toNumber(args.get(2).value(context), context.budget()));
    StringBuilder out = new StringBuilder();
    for (int i = 1; i <= a.length(); i++) {
      if (i >= first && i < behind) {
        out.append(a.charAt(i - 1));
      }
    }
    return out.toString();
  }

  private static String translate(String a, String from, String to, XPathBudget budget) {
    budget.spend((long) a.length() * from.length() / XPathBudget.CHARS_A_STEP);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < a.length(); i++) {
      int at = from.indexOf(a.charAt(i));
      if (at < 0) {
        out.append(a.charAt(i));
      } else if (at < to.length()) {
        out.append(to.charAt(at));
      }
    }
    return out.toString();
  }

  private static String concat(String a, List<XPathExpr> args, XPathExpr.Context context) {
    StringBuilder out = new StringBuilder(a);
    for (int i = 1; i < args.size(); i++) {
      out.append(text(args, i, context));
    }
    return out.toString();
  }
}
