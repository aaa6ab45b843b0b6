<!DOCTYPE html>
<?php
declare(strict_types=1);

namespace Shop;

use InvalidArgumentException;

const LIMIT = 10;

/** Adds. */
function add(int $a, int $b = 1): int
{
    return $a + $b;
}

function lines(string ...$paths)
{
    foreach ($paths as $path) {
        yield $path;
    }
}

#[Attribute]
final class Shop implements Area
{
    public const SIDES = 4;
    private static int $count = 0;

    public function __construct(private string $name)
    {
        if ($name === '') {
            throw new InvalidArgumentException("function no() {}");
        }
    }

    // A plain comment is none.
    // @phpstan-ignore-next-line
    public function open(?string $why): callable
    {
        return fn (int $x): int => $x;
    }

    private function close(): void {}

    #[Test]
    public function works(): void {}
}

interface Area
{
    public function area(): float;
}

trait Named
{
    protected function name(): string { return <<<END
        function not_code() {}
        END;
    }
}

enum Size: string
{
    case Small = 's';

    public static function all(): array { return [self::Small]; }
}
?>
<p>function text() {}</p>
