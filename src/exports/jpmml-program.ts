/**
 * A Java program that loads a PMML document with JPMML, has it verify itself, and places the rows of a table;
 * it prints the name of JPMML's jar, which holds the version.
 *
 * Run by `java` from its source; JPMML itself (AGPL) is brought by whoever wants it and is no part of this package.
 */
export const jpmmlProgram: string = String.raw`import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.dmg.pmml.DataType;
import org.jpmml.evaluator.*;

/** Table: one line per row, cells by tabs, \N for missing. Answers: one line per row. */
public class PlaceRows {
  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < arguments.length; i += 4) {
      place(new File(arguments[i]), Paths.get(arguments[i + 1]), Paths.get(arguments[i + 2]), arguments[i + 3]);
    }
    System.out.println(new File(Evaluator.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getName());
  }

  private static void place(File model, Path table, Path answers, String answer) throws Exception {
    Evaluator evaluator = new LoadingModelEvaluatorBuilder().load(model).build();
    evaluator.verify();
    Set<String> texts = new HashSet<>();
    for (InputField field : evaluator.getInputFields()) {
      if (field.getDataType() == DataType.STRING) texts.add(field.getName());
    }
    try (BufferedReader in = Files.newBufferedReader(table, StandardCharsets.UTF_8);
        BufferedWriter out = Files.newBufferedWriter(answers, StandardCharsets.UTF_8)) {
      String[] names = cells(in.readLine());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] values = cells(line);
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
          boolean isNumber = values[i] != null && !texts.contains(names[i]);
          row.put(names[i], isNumber ? (Object) Double.valueOf(values[i]) : values[i]);
        }
        out.write(String.valueOf(EvaluatorUtil.decodeAll(evaluator.evaluate(row)).get(answer)));
        out.newLine();
      }
    }
  }

  private static String[] cells(String line) {
    String[] cells = line.split("\t", -1);
    for (int i = 0; i < cells.length; i++) cells[i] = cells[i].equals("\\N") ? null : unescape(cells[i]);
    return cells;
  }

  private static String unescape(String cell) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      boolean isEscape = cell.charAt(i) == '\\';
      if (isEscape) i++;
      int kind = isEscape ? "tnr".indexOf(cell.charAt(i)) : -1;
      text.append(kind < 0 ? cell.charAt(i) : "\t\n\r".charAt(kind));
    }
    return text.toString();
  }
}
`;
