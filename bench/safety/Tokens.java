// Fingerprints of Java files, see tokens.py: the tokens of javac's scanner, with
// what Javadoc says to the compiler; an error is one of its parser.
// java --add-exports jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
//     --add-exports jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED Tokens.java <PATHS
import com.sun.source.util.JavacTask;
import com.sun.tools.javac.parser.*;
import com.sun.tools.javac.parser.Tokens.*;
import com.sun.tools.javac.util.*;
import java.io.*;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.tools.*;

public class Tokens {
    static final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    static String parse(String text) throws IOException {
        var source = new SimpleJavaFileObject(URI.create("string:///X.java"), JavaFileObject.Kind.SOURCE) {
            public CharSequence getCharContent(boolean ignore) { return text; }
        };
        var errors = new DiagnosticCollector<JavaFileObject>();
        var task = (JavacTask) compiler.getTask(null, null, errors, java.util.List.of("-proc:none"),
            null, java.util.List.of(source));
        task.parse();
        for (var d : errors.getDiagnostics())
            if (d.getKind() == Diagnostic.Kind.ERROR)
                return d.getMessage(null);
        return null;
    }

    static String hash(String text) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var context = new Context();
        var scanner = ScannerFactory.instance(context).newScanner(text, true);
        for (;;) {
            scanner.nextToken();
            Token t = scanner.token();
            String s = t.kind + " " + t.deprecatedFlag();
            if (t.kind == TokenKind.IDENTIFIER) s += " " + t.name();
            else if (t.kind.name().matches("STRINGFRAGMENT|.*LITERAL")) s += " " + t.stringVal();
            digest.update((s + "\n").getBytes(StandardCharsets.UTF_8));
            if (t.kind == TokenKind.EOF)
                return HexFormat.of().formatHex(digest.digest());
        }
    }

    public static void main(String[] args) throws Exception {
        var paths = new BufferedReader(new InputStreamReader(System.in));
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        for (String path; (path = paths.readLine()) != null; ) {
            String said;
            try {
                String text = Files.readString(Path.of(path));
                String wrong = parse(text);
                said = wrong == null ? "=" + hash(text) : "!" + wrong.replace("\n", " ");
            } catch (Exception e) {
                said = "!" + e;
            }
            out.println(path + "\t" + said);
        }
        out.flush();
    }
}
