"""Given names by whom they are mostly given to: what tells a pronoun's person where no title does. Names given to both are left out."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.text import fold

MEN = frozenset(
    (
        "aaron abdul abdullah adam adrian ahmad ahmed alan albert alberto alejandro alexander alexei alfred ali allen alvin amir anders andre andreas "
        "andrei andrew andrzej angelo anthony antonio ari arnold arthur asif austin barack barry bashar ben benjamin benny bernard bernie bill billy bob "
        "bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan byron calvin carl carlos cesar chad charles charlie chris christian "
        "christopher chuck clarence claude clayton clifford clint colin corey craig curtis cyrus dan daniel danny darrell darren dave david dean dennis "
        "derek diego dietrich dimitri dmitri dmitry dominic donald doug douglas duncan dustin dwight earl ed eddie edgar edmund eduardo edward edwin "
        "elijah emmanuel enrique eric erik ernest ernesto ethan eugene evan felipe felix fernando floyd francisco frank franklin fred frederick gabriel "
        "gareth garrett gary gavin geoffrey george gerald gerard giovanni glenn gordon graham greg gregory guillermo gustav gustavo guy hamid hank hans "
        "harold harry harvey hassan hector henri henry herbert herman howard hugh hugo hussein ian ibrahim igor isaac ismail ivan jack jacob jacques jaime "
        "jake james jared jason javier jay jeff jeffrey jeremy jerome jerry jesus jim jimmy joachim joe joel johan johann john johnny jon jonah jonathan "
        "jorge jose joseph josh joshua juan juergen julian julio justin karim karl keith ken kenneth kevin khalid klaus kurt kyle lance larry lars laurent "
        "lawrence leo leon leonard leonardo lewis liam lloyd logan lorenzo louis lucas luigi luis luke magnus mahmoud malcolm manuel marc marcel "
        "marco marcus mario mark marshall martin marvin matt matthew maurice mauricio max maxim michael michel miguel mike mikhail milton mitch mitchell "
        "mohamed mohammad mohammed moses muhammad murray mustafa nathan nathaniel ned neil nelson nicholas nick nicolas nigel nikolai noah norman oleg "
        "oliver olivier omar orlando oscar oswald otto owen pablo patrick paul pavel pedro peter petro phil philip phillip pierre pietro rafael ralph "
        "ramon randall randy raphael rashid ray raymond rex ricardo richard rick ricky rob robert roberto rod rodney rodrigo roger roland ron ronald roy "
        "rudolf rudy rupert russell ryan sajid salman salvador samuel santiago scott sean sebastian serge sergei sergey sergio seth shane shawn shinzo sid "
        "simon spencer stanley stefan stephen steve steven stuart sven ted terence terrence theo theodore thomas tim timothy todd tom tomas tommy tony "
        "travis trevor tyler uwe vernon victor vincent vitaly vladimir volodymyr wade walter warren wayne wesley wilfred wilhelm will william willie "
        "winston wolfgang xavier yuri yusuf zachary"
    ).split()
)
WOMEN = frozenset(
    (
        "abigail ada adele adriana agatha agnes aisha alexandra alice alicia alison allison amanda amber amelia amina amy ana anastasia andrea "
        "angela angelina anita ann anna anne annette annie antonia april ashley astrid audrey ava barbara beatrice becky bella bernadette beth bethany "
        "betsy betty beverly bianca birgit bonnie brenda brianna bridget brigitte britney brittany camila camilla candace carla carmen carol carolina "
        "caroline carolyn carrie cassandra catherine cathy cecilia celeste charlotte chelsea cheryl chloe christina christine cindy claire clara clarissa "
        "claudia colleen connie constance cordelia courtney crystal cynthia daisy daniela danielle daphne deanna deborah debra delia denise diana diane "
        "dianne dolores donna dora doris dorothy edith eileen elaine eleanor elena elisabeth elise eliza elizabeth ella ellen eloise elsa emilia emily "
        "emma erica erika erin esmeralda esther ethel eva eve evelyn faith fatima felicia fiona flora florence frances francesca gabriela gabrielle gail "
        "georgina geraldine gertrude gina gisele giulia gladys gloria grace greta gretchen gwen gwendolyn hanna hannah harriet hazel heather heidi "
        "helen helena helene henrietta hilary hilda hillary holly ida ingrid irene irina iris isabel isabella ivana ivanka jacqueline jane janet janice "
        "jeanette jeanne jenna jennifer jenny jessica jill joan joanna joanne jocelyn josephine joyce juanita judith judy julia juliana julie juliet june "
        "karen karin karla kate katharina katharine katherine kathleen kathryn kathy katie katrina kelly kendra kimberly kirsten kristen kristin kristina "
        "laila lara larissa laura lauren leah leila lena leticia lillian lily linda lisa liz liza lois lola lorena lorraine louisa louise lucia lucille "
        "lucy lydia lynn mabel madeleine magdalena maggie mandy marcia margaret margarita maria mariam marian marianne marie marilyn marina marjorie "
        "martha mary maureen maxine megan melania melinda melissa mercedes meredith mia michelle mildred miranda miriam molly monica muriel myra nadia "
        "nancy naomi natalia natalie natasha nellie nicola nicole nikki nina nora norma olga olivia ophelia pamela patricia patsy paula pauline penelope "
        "penny petra phoebe phyllis priscilla rachel ramona rebecca rebekah regina renee rhonda rita roberta rosa rosalind rose rosemary roxanne ruth "
        "sabrina sally samantha sandra sara sarah selena shannon sharon sheila shelley sheryl shirley silvia simone sofia sonia sophia sophie stacey stacy "
        "stella stephanie sue susan susanna susanne suzanne svetlana sylvia tamara tanya tara tatiana teresa theresa tiffany tina tracy trisha ursula "
        "valentina valerie vanessa vera veronica victoria viola violet vivian wanda wendy whitney wilma yolanda yvette yvonne zelda zoe"
    ).split()
)

FEMALE_WORDS = frozenset(
    (
        "mrs ms miss queen princess dame lady spokeswoman congresswoman chairwoman businesswoman policewoman actress mother wife daughter sister woman "
        "girl grandmother aunt niece widow girlfriend waitress nun mom mum stepmother heroine duchess baroness empress granddaughter female"
    ).split()
)
MALE_WORDS = frozenset(
    (
        "mr king prince sir lord spokesman congressman chairman businessman policeman fireman actor father husband son brother man boy grandfather uncle "
        "nephew widower boyfriend waiter monk priest dad stepfather pope duke baron emperor grandson gentleman guy male"
    ).split()
)


def sex_of(beside: Iterable[str], first: str) -> str:
    """ "f" or "m" by the words beside a name ("Mrs.", "spokesman"), else by the given name; "" where neither tells."""
    low, given = {w.lower().rstrip(".") for w in beside}, fold(first)
    if low & FEMALE_WORDS or low & MALE_WORDS:
        return "f" if low & FEMALE_WORDS else "m"
    return "f" if given in WOMEN else "m" if given in MEN else ""
